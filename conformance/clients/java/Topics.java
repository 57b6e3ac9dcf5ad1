import static software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName.ALL;
import static software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName.MESSAGE_GROUP_ID;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.util.VersionInfo;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.BatchEntryIdsNotDistinctException;
import software.amazon.awssdk.services.sns.model.EndpointDisabledException;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.InvalidParameterValueException;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishResponse;
import software.amazon.awssdk.services.sns.model.SnsException;
import software.amazon.awssdk.services.sns.model.Tag;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The flow of topics of ../README.md with the AWS SDK for Java. */
public final class Topics {
    private static final String ENDPOINT = System.getenv("AWS_ENDPOINT_URL");
    private static final String RUN = UUID.randomUUID().toString().substring(0, 8);
    private static final String BODY = "naïve & <tag> \t日本 😀";
    private static final String PHONE = "+15550100123";
    private static final Map<String, MessageAttributeValue> ATTRIBUTES =
            Map.of("Text", text("über & <out>"), "Count", number("42"), "Bytes", bytes());

    private final SnsClient sns = SnsClient.create();
    private final SqsClient sqs = SqsClient.create();
    private final Set<String> queues = new LinkedHashSet<>();
    private final Set<String> topics = new LinkedHashSet<>();

    public static void main(String[] arguments) {
        System.out.printf("AWS SDK for Java %s on Java %s %s%n", VersionInfo.SDK_VERSION, Runtime.version(), ENDPOINT);
        Topics flow = new Topics();
        String topic = Expect.step("create", flow::create);
        Subscription subscription = Expect.step("subscribe", () -> flow.subscribe(topic));
        Expect.step("publish", () -> flow.publish(topic, subscription));
        Expect.step("structure", () -> flow.structure(topic, subscription));
        Expect.step("batch", () -> flow.batch(topic, subscription));
        Expect.step("filter", () -> flow.filter(topic, subscription));
        Expect.step("raw", () -> flow.raw(topic, subscription));
        Expect.step("fifo", flow::fifo);
        Expect.step("push", flow::push);
        Expect.step("text messages", flow::textMessages);
        Expect.step("errors", () -> flow.errors(topic));
        Expect.step("clean up", () -> flow.cleanUp(subscription));
    }

    private record Queue(String url, String arn) {}

    private record Subscription(String arn, Queue queue) {}

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
    }

    private static MessageAttributeValue number(String value) {
        return MessageAttributeValue.builder().dataType("Number").stringValue(value).build();
    }

    private static MessageAttributeValue bytes() {
        byte[] bytes = new byte[256];
        IntStream.range(0, bytes.length).forEach(index -> bytes[index] = (byte) index);
        return MessageAttributeValue.builder().dataType("Binary").binaryValue(SdkBytes.fromByteArray(bytes)).build();
    }

    /** A queue that lets the messages of a topic in. */
    private Queue createQueue(String name, String topic, Map<QueueAttributeName, String> attributes) {
        String url = sqs.createQueue(it -> it.queueName(name).attributes(attributes)).queueUrl();
        queues.add(url);
        String arn = sqs.getQueueAttributes(it -> it.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes().get(QueueAttributeName.QUEUE_ARN);
        String policy = """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},
                "Action":"sqs:SendMessage","Resource":"%s","Condition":{"ArnEquals":{"aws:SourceArn":"%s"}}}]}
                """.formatted(arn, topic);
        sqs.setQueueAttributes(it -> it.queueUrl(url).attributes(Map.of(QueueAttributeName.POLICY, policy)));
        return new Queue(url, arn);
    }

    /** Takes messages out of a queue. */
    private List<Message> receive(Queue queue) {
        List<Message> messages = sqs.receiveMessage(it -> it.queueUrl(queue.url()).maxNumberOfMessages(10)
                .waitTimeSeconds(2).messageSystemAttributeNames(ALL).messageAttributeNames("All")).messages();
        messages.forEach(message ->
                sqs.deleteMessage(it -> it.queueUrl(queue.url()).receiptHandle(message.receiptHandle())));
        return messages;
    }

    private List<Message> take(Queue queue, int number) {
        List<Message> messages = new ArrayList<>();
        while (messages.size() < number) {
            List<Message> some = receive(queue);
            Expect.same("a message before the end of the poll", false, some.isEmpty());
            messages.addAll(some);
        }
        return messages;
    }

    /** A text in an envelope, in which nothing is escaped here. */
    private static String field(Message message, String name) {
        Matcher found = Pattern.compile('"' + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(message.body());
        return found.find() ? found.group(1).replace("\\t", "\t") : null;
    }

    private String createTopic(String name, Map<String, String> attributes) {
        String arn = sns.createTopic(it -> it.name(name).attributes(attributes)).topicArn();
        topics.add(arn);
        return arn;
    }

    private Map<String, String> attributes(String subscription) {
        return sns.getSubscriptionAttributes(it -> it.subscriptionArn(subscription)).attributes();
    }

    private void set(Subscription subscription, String name, String value) {
        sns.setSubscriptionAttributes(
                it -> it.subscriptionArn(subscription.arn()).attributeName(name).attributeValue(value));
    }

    private Stream<String> listed() {
        return sns.listTopicsPaginator().topics().stream().map(it -> it.topicArn());
    }

    private String create() {
        Tag tag = Tag.builder().key("team").value("orders").build();
        String name = RUN + "-orders";
        String topic = createTopic(name, Map.of("DisplayName", "Orders"));
        Expect.same("ARN of the new topic", name, topic.split(":")[5]);
        Expect.same("created again", topic, createTopic(name, Map.of()));
        sns.tagResource(it -> it.resourceArn(topic).tags(tag));
        Expect.same("tags", List.of(tag), sns.listTagsForResource(it -> it.resourceArn(topic)).tags());
        sns.setTopicAttributes(it -> it.topicArn(topic).attributeName("DisplayName").attributeValue("All & <orders>"));
        Map<String, String> shown = sns.getTopicAttributes(it -> it.topicArn(topic)).attributes();
        Expect.same("attributes", List.of(topic, "All & <orders>", "0"),
                Stream.of("TopicArn", "DisplayName", "SubscriptionsConfirmed").map(shown::get).toList());
        Expect.same("listed", 1L, listed().filter(topic::equals).count());
        return topic;
    }

    private Subscription subscribe(String topic) {
        Queue queue = createQueue(RUN + "-queue", topic, Map.of());
        String arn = sns.subscribe(it -> it.topicArn(topic).protocol("sqs").endpoint(queue.arn())).subscriptionArn();
        Expect.same("its ARN begins with that of the topic", true, arn.startsWith(topic + ":"));
        Expect.same("subscribed again", arn,
                sns.subscribe(it -> it.topicArn(topic).protocol("sqs").endpoint(queue.arn())).subscriptionArn());
        Map<String, String> shown = attributes(arn);
        Expect.same("attributes", List.of("sqs", queue.arn(), "false", "false"),
                Stream.of("Protocol", "Endpoint", "PendingConfirmation", "RawMessageDelivery").map(shown::get).toList());
        Expect.same("listed", List.of(arn), sns.listSubscriptionsByTopicPaginator(it -> it.topicArn(topic))
                .subscriptions().stream().map(it -> it.subscriptionArn()).toList());
        return new Subscription(arn, queue);
    }

    private void publish(String topic, Subscription subscription) {
        PublishResponse sent = sns.publish(
                it -> it.topicArn(topic).message(BODY).subject("A subject").messageAttributes(ATTRIBUTES));
        Message message = take(subscription.queue(), 1).get(0);
        Expect.same("envelope", List.of("Notification", sent.messageId(), topic, "A subject", BODY),
                Stream.of("Type", "MessageId", "TopicArn", "Subject", "Message").map(it -> field(message, it)).toList());
        Expect.same("no attributes beside it", Map.of(), message.messageAttributes());
        Expect.same("how to unsubscribe", true, field(message, "UnsubscribeURL").contains(subscription.arn()));
    }

    private void structure(String topic, Subscription subscription) {
        String message = "{\"default\":\"for all\",\"sqs\":\"for queues\"}";
        sns.publish(it -> it.topicArn(topic).message(message).messageStructure("json"));
        Expect.same("the queue's own message", "for queues", field(take(subscription.queue(), 1).get(0), "Message"));
    }

    private void batch(String topic, Subscription subscription) {
        List<String> bodies = IntStream.range(0, 10).mapToObj(number -> "message " + number).toList();
        List<PublishBatchRequestEntry> entries = IntStream.range(0, 10)
                .mapToObj(at -> PublishBatchRequestEntry.builder()
                        .id("e" + at).message(bodies.get(at)).messageAttributes(ATTRIBUTES).build())
                .toList();
        var sent = sns.publishBatch(it -> it.topicArn(topic).publishBatchRequestEntries(entries));
        Expect.same("all published", entries.stream().map(PublishBatchRequestEntry::id).toList(),
                sent.successful().stream().map(entry -> entry.id()).toList());
        Expect.same("none failed", List.of(), sent.failed());
        Expect.same("all received", bodies,
                take(subscription.queue(), 10).stream().map(it -> field(it, "Message")).sorted().toList());
    }

    private void filter(String topic, Subscription subscription) {
        String policy = "{\"kind\":[\"order\",{\"prefix\":\"re\"}],\"price\":[{\"numeric\":[\">\",0,\"<=\",100]}]}";
        set(subscription, "FilterPolicy", policy);
        for (List<String> it : List.of(List.of("order", "100"), List.of("order", "101"), List.of("return", "1"),
                List.of("invoice", "1"))) {
            Map<String, MessageAttributeValue> values = Map.of("kind", text(it.get(0)), "price", number(it.get(1)));
            sns.publish(message -> message.topicArn(topic).message(String.join(" ", it)).messageAttributes(values));
        }
        Expect.same("what matches", List.of("order 100", "return 1"),
                take(subscription.queue(), 2).stream().map(it -> field(it, "Message")).sorted().toList());
        Expect.same("nothing else", List.of(), receive(subscription.queue()));
        set(subscription, "FilterPolicy", "{}");
    }

    private void raw(String topic, Subscription subscription) {
        set(subscription, "RawMessageDelivery", "true");
        sns.publish(it -> it.topicArn(topic).message(BODY).messageAttributes(ATTRIBUTES));
        Message message = take(subscription.queue(), 1).get(0);
        Expect.same("body", BODY, message.body());
        Expect.same("text", "über & <out>", message.messageAttributes().get("Text").stringValue());
        Expect.same("bytes", bytes().binaryValue(), message.messageAttributes().get("Bytes").binaryValue());
    }

    private void fifo() {
        String topic = createTopic(
                RUN + "-orders.fifo", Map.of("FifoTopic", "true", "ContentBasedDeduplication", "true"));
        Queue queue = createQueue(RUN + "-queue.fifo", topic, Map.of(QueueAttributeName.FIFO_QUEUE, "true"));
        sns.subscribe(it -> it.topicArn(topic).protocol("sqs").endpoint(queue.arn())
                .attributes(Map.of("RawMessageDelivery", "true")));
        List<PublishResponse> sent = Stream.of(1, 1, 2, 3)
                .map(it -> sns.publish(message -> message.topicArn(topic).message("order " + it).messageGroupId("a")))
                .toList();
        Expect.same("the duplicate has the id of the first", sent.get(0).messageId(), sent.get(1).messageId());
        List<BigInteger> numbers = Stream.of(0, 2, 3).map(at -> new BigInteger(sent.get(at).sequenceNumber())).toList();
        Expect.same("sequence numbers rise", numbers.stream().distinct().sorted().toList(), numbers);
        List<Message> messages = take(queue, 3);
        Expect.same("in order, without the duplicate", List.of("order 1", "order 2", "order 3"),
                messages.stream().map(Message::body).toList());
        Expect.same("group", "a", messages.get(2).attributes().get(MESSAGE_GROUP_ID));
    }

    private static SnsException refused(
            String what, Class<? extends SnsException> modelled, String code, int status, Runnable call) {
        try {
            call.run();
        } catch (SnsException error) {
            Expect.same(what, List.of(modelled, code, status),
                    List.of(error.getClass(), error.awsErrorDetails().errorCode(), error.statusCode()));
            return error;
        }
        Expect.same(what, modelled, "no error");
        return null;
    }

    private void push() {
        String application = sns.createPlatformApplication(it -> it.name(RUN).platform("GCM")
                .attributes(Map.of("PlatformCredential", "key"))).platformApplicationArn();
        Expect.same("application", Map.of("Enabled", "true"),
                sns.getPlatformApplicationAttributes(it -> it.platformApplicationArn(application)).attributes());
        String endpoint = endpoint(application, "user 1");
        Expect.same("created again", endpoint, endpoint(application, "user 1"));
        SnsException told = refused("other attributes", InvalidParameterException.class, "InvalidParameter", 400,
                () -> endpoint(application, null));
        Expect.same("which endpoint", true,
                told.getMessage().contains("Endpoint " + endpoint + " already exists with the same Token"));
        sns.publish(it -> it.targetArn(endpoint).message("hello"));
        sns.setEndpointAttributes(it -> it.endpointArn(endpoint).attributes(Map.of("Enabled", "false")));
        refused("disabled", EndpointDisabledException.class, "EndpointDisabled", 400,
                () -> sns.publish(it -> it.targetArn(endpoint).message("hello")));
        Expect.same("listed", List.of(endpoint),
                sns.listEndpointsByPlatformApplicationPaginator(it -> it.platformApplicationArn(application))
                        .endpoints().stream().map(it -> it.endpointArn()).toList());
        sns.deleteEndpoint(it -> it.endpointArn(endpoint));
        sns.deletePlatformApplication(it -> it.platformApplicationArn(application));
    }

    private String endpoint(String application, String userData) {
        return sns.createPlatformEndpoint(
                it -> it.platformApplicationArn(application).token("token").customUserData(userData)).endpointArn();
    }

    private void textMessages() {
        sns.setSMSAttributes(
                it -> it.attributes(Map.of("DefaultSMSType", "Transactional", "DefaultSenderID", "Orders")));
        Expect.same("type", Map.of("DefaultSMSType", "Transactional"),
                sns.getSMSAttributes(it -> it.attributes("DefaultSMSType")).attributes());
        sns.publish(it -> it.phoneNumber(PHONE).message("hello"));
        Expect.same("not opted out", false,
                sns.checkIfPhoneNumberIsOptedOut(it -> it.phoneNumber(PHONE)).isOptedOut());
    }

    private void errors(String topic) {
        refused("no such topic", NotFoundException.class, "NotFound", 404,
                () -> sns.publish(it -> it.topicArn(topic + "-none").message("x")));
        refused("empty message", InvalidParameterException.class, "InvalidParameter", 400,
                () -> sns.publish(it -> it.topicArn(topic).message("")));
        refused("one id twice", BatchEntryIdsNotDistinctException.class, "BatchEntryIdsNotDistinct", 400,
                () -> sns.publishBatch(it -> it.topicArn(topic).publishBatchRequestEntries(
                        entry -> entry.id("same").message("x"), entry -> entry.id("same").message("y"))));
        Map<String, MessageAttributeValue> wrong = Map.of("a", bytes().toBuilder().dataType("String").build());
        refused("a value in the wrong field", InvalidParameterValueException.class, "ParameterValueInvalid", 400,
                () -> sns.publish(it -> it.topicArn(topic).message("x").messageAttributes(wrong)));
    }

    private void cleanUp(Subscription subscription) {
        sns.unsubscribe(it -> it.subscriptionArn(subscription.arn()));
        topics.forEach(topic -> sns.deleteTopic(it -> it.topicArn(topic)));
        queues.forEach(url -> sqs.deleteQueue(it -> it.queueUrl(url)));
        Expect.same("topics left", List.of(), listed().filter(it -> it.contains(RUN)).toList());
    }
}
