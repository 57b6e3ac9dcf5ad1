//! What AWS promises, as reports group it.

words! {
    /// What AWS promises; each spec file states a part of one guarantee.
    #[derive(PartialOrd, Ord)]
    pub enum Guarantee: "guarantee" {
        AtLeastOnce = "at-least-once": "a message sent is delivered at least once until deleted",
        VisibilityTimeout = "visibility-timeout": "a received message is hidden for its timeout, then returns",
        ReceiptHandle = "receipt-handle": "which handle deletes or changes what, and for how long",
        Polling = "polling": "short and long polling, waiting, batch of a receive",
        Delay = "delay": "queue and message timers",
        Retention = "retention": "messages live for the retention period, no longer",
        MessageIntegrity = "message-integrity": "bodies, attributes and digests arrive as sent",
        MessageLimits = "message-limits": "sizes, counts and characters",
        Batch = "batch": "entries succeed and fail one by one",
        FifoOrder = "fifo-order": "order and locking by message group",
        Deduplication = "deduplication": "one delivery per deduplication id and scope in five minutes",
        ReceiveAttempt = "receive-attempt": "a repeated receive with the same attempt id",
        FairQueue = "fair-queue": "message groups on standard queues",
        DeadLetter = "dead-letter": "redrive policy, threshold, what a message keeps",
        Redrive = "redrive": "message move tasks",
        Purge = "purge": "purging and its interval",
        QueueLifecycle = "queue-lifecycle": "create, find, list, delete",
        QueueAttributes = "queue-attributes": "reading, setting, defaults, ranges",
        TopicLifecycle = "topic-lifecycle": "create, find, list, delete topics",
        TopicAttributes = "topic-attributes": "attributes of topics: reading, setting, defaults, ranges",
        SubscriptionLifecycle = "subscription-lifecycle": "subscribe, confirm, list, unsubscribe",
        SubscriptionAttributes = "subscription-attributes": "attributes of subscriptions: reading, setting, defaults, ranges",
        Publishing = "publishing": "what a publish accepts, refuses and answers",
        FanOut = "fan-out": "every subscription gets every message that is meant for it",
        FilterPolicy = "filter-policy": "which messages a subscription gets",
        Envelope = "envelope": "what a delivery consists of, and its signature",
        DeliveryRetry = "delivery-retry": "deliveries that fail are tried again, as often and as late as the policy says",
        Archive = "archive": "message archive and replay",
        DataProtection = "data-protection": "data protection policies",
        MobilePush = "mobile-push": "platform applications, endpoints, pushes",
        TextMessages = "text-messages": "preferences of text messages, opt-out, sandbox",
        AccessPolicy = "access-policy": "permissions and policy documents",
        Tags = "tags": "tagging",
        Encryption = "encryption": "server-side encryption attributes",
        Protocol = "protocol": "requests and answers on the wire: paths, forms, headers, XML and JSON",
        ErrorShape = "error-shape": "codes, names, status and texts of errors",
    }
}
