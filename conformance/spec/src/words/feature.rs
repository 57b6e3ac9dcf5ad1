//! What a target can have or lack.

words! {
    /// Something that a target declares to have; a case that requires what the target lacks is skipped with that reason.
    #[derive(PartialOrd, Ord)]
    pub enum Feature: "feature" {
        SqsStandard = "sqs.standard": "standard queues",
        SqsFifo = "sqs.fifo": "FIFO queues",
        SqsHighThroughputFifo = "sqs.high-throughput-fifo": "deduplication scope and throughput limit attributes",
        SqsFairQueues = "sqs.fair-queues": "message groups on standard queues",
        SqsDeadLetter = "sqs.dead-letter": "dead-letter queues",
        SqsMoveTasks = "sqs.move-tasks": "message move tasks",
        SqsPolicies = "sqs.policies": "permissions and policies",
        SqsTags = "sqs.tags": "tags",
        SqsEncryption = "sqs.encryption": "encryption attributes",
        SqsJson = "sqs.json": "the AWS JSON protocol, request by request",
        SqsQuery = "sqs.query": "the AWS query protocol with answers in XML",
        SqsQueryJson = "sqs.query-json": "the AWS query protocol with answers in JSON",
        SqsSignatures = "sqs.signatures": "signatures that are verified",
    }
}
