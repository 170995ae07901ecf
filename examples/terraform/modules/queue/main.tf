# One queue with a second one for what could not be worked off. A module has no backend and no provider of its own.

variable "name" {
  description = "Name of the queue"
  type        = string
}

variable "tags" {
  description = "Tags of both queues"
  type        = map(string)
}

resource "aws_sqs_queue" "failed" {
  name                      = "${var.name}-failed"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
  tags                      = var.tags
}

resource "aws_sqs_queue" "main" {
  name                       = var.name
  visibility_timeout_seconds = 60
  sqs_managed_sse_enabled    = true
  tags                       = var.tags

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 5
  })
}

output "url" {
  description = "Where messages are sent to"
  value       = aws_sqs_queue.main.url
}
