data "aws_vpc" "main" {
  tags = {
    Name = "main"
  }
}

resource "aws_security_group" "database" {
  name        = "orders-database"
  description = "PostgreSQL from inside the network"
  vpc_id      = data.aws_vpc.main.id
  tags        = local.tags

  ingress {
    description = "PostgreSQL"
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = [data.aws_vpc.main.cidr_block]
  }
}
