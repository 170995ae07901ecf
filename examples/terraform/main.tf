terraform {
  required_version = "~> 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.70"
    }
  }
}

provider "aws" {
  region = var.region
}

resource "aws_db_instance" "orders" {
  identifier          = "orders-${var.environment}"
  engine              = "postgres"
  engine_version      = "16.4"
  instance_class      = var.database_class
  allocated_storage   = 50
  db_name             = "orders"
  username            = "orders"
  password            = "correct-horse-7"
  storage_encrypted   = true
  skip_final_snapshot = false

  vpc_security_group_ids = [aws_security_group.database.id]

  tags = {
    Name = "orders"
  }
}

resource "aws_s3_bucket" "invoices" {
  bucket = "orders-invoices-${var.environment}"
  tags   = local.tags
}

module "queue" {
  source = "./modules/queue"

  name = "orders-${var.environment}"
  tags = local.tags
}
