variable "region" {
  description = "Where everything runs"
  type        = string
  default     = "eu-central-1"
}

variable "environment" {
  description = "Which environment this is"
  type        = string

  validation {
    condition     = contains(["staging", "production"], var.environment)
    error_message = "There is a staging and a production environment."
  }
}

variable "database_class" {
  description = "Size of the database"
  type        = string
  default     = "db.t4g.medium"
}

locals {
  tags = {
    Environment = var.environment
    Owner       = "team-orders"
    Project     = "orders"
    ManagedBy   = "terraform"
  }
}
