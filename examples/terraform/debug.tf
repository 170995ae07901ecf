# Made for one night of looking for a bug, and still there.

module "tunnel" {
  source = "git::https://git.orders.example/platform/tunnel.git"

  name = "orders-debug"
}

resource "aws_security_group" "debug" {
  name        = "orders-debug"
  description = "SSH from wherever we are"
  vpc_id      = data.aws_vpc.main.id
  tags        = local.tags

  ingress {
    description = "SSH"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_iam_role_policy" "debug" {
  name = "orders-debug"
  role = "orders-debug"

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }]
  })
}
