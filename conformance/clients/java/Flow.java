import static software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName.ALL;
import static software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT;
import static software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN;
import static software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID;
import static software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName.MESSAGE_GROUP_ID;
import static software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName.SEQUENCE_NUMBER;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.util.VersionInfo;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchEntryIdsNotDistinctException;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResultEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.QueueNameExistsException;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** The flow of ../README.md with the AWS SDK for Java. */
public final class Flow {
    private static final String ENDPOINT = System.getenv("AWS_ENDPOINT_URL");
    private static final String RUN = UUID.randomUUID().toString().substring(0, 8);
    private static final String BODY = "naïve & <tag> \"quoted\"\t日本 😀";
    private static final Map<String, MessageAttributeValue> ATTRIBUTES = Map.of(
            "Text", MessageAttributeValue.builder().dataType("String").stringValue("über & <out>").build(),
            "Count", MessageAttributeValue.builder().dataType("Number.int").stringValue("42").build(),
            "Bytes", MessageAttributeValue.builder().dataType("Binary").binaryValue(everyByte()).build());

    private final SqsClient sqs = SqsClient.create();
    private final Set<String> queues = new LinkedHashSet<>();

    public static void main(String[] arguments) {
        System.out.printf("AWS SDK for Java %s on Java %s %s%n", VersionInfo.SDK_VERSION, Runtime.version(), ENDPOINT);
        Flow flow = new Flow();
        String url = Expect.step("create", flow::create);
        Message first = Expect.step("send and receive", () -> flow.sendAndReceive(url));
        Message second = Expect.step("change visibility", () -> flow.changeVisibility(url, first));
        Expect.step("delete", () -> flow.delete(url, second));
        Expect.step("long poll", () -> flow.longPoll(url));
        Expect.step("batch", () -> flow.batch(url));
        Expect.step("fifo", flow::fifo);
        Pair pair = Expect.step("dead letter", flow::deadLetter);
        Expect.step("redrive", () -> flow.redrive(pair));
        Expect.step("errors", () -> flow.errors(url));
        Expect.step("clean up", flow::cleanUp);
    }

    /** A queue and its dead-letter queue. */
    private record Pair(String source, String dead) {}

    private static SdkBytes everyByte() {
        byte[] bytes = new byte[256];
        IntStream.range(0, bytes.length).forEach(index -> bytes[index] = (byte) index);
        return SdkBytes.fromByteArray(bytes);
    }

    private static String digest(String algorithm, String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException error) {
            throw new IllegalStateException(error);
        }
    }

    private String createQueue(String name, Map<QueueAttributeName, String> attributes) {
        String url = sqs.createQueue(it -> it.queueName(name).attributes(attributes)).queueUrl();
        queues.add(url);
        return url;
    }

    private String attribute(String url, QueueAttributeName name) {
        return sqs.getQueueAttributes(it -> it.queueUrl(url).attributeNames(name)).attributes().get(name);
    }

    private List<Message> receive(String url, Consumer<ReceiveMessageRequest.Builder> more) {
        return sqs.receiveMessage(it -> more.accept(
                        it.queueUrl(url).messageSystemAttributeNames(ALL).messageAttributeNames("All")))
                .messages();
    }

    private List<Message> receive(String url) {
        return receive(url, it -> {});
    }

    private Message one(String what, String url, Consumer<ReceiveMessageRequest.Builder> more) {
        List<Message> messages = receive(url, more);
        Expect.same(what + ": number of messages", 1, messages.size());
        return messages.get(0);
    }

    private String create() {
        String name = RUN + "-standard";
        String url = createQueue(
                name, Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "30", QueueAttributeName.DELAY_SECONDS, "0"));
        Expect.same("URL of the new queue", true, url.startsWith(ENDPOINT + "/") && url.endsWith("/" + name));
        Expect.same("created again", url, createQueue(name, Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "30")));
        Expect.same("URL by name", url, sqs.getQueueUrl(it -> it.queueName(name)).queueUrl());
        String account = url.split("/")[3];
        String arn = "arn:aws:sqs:" + System.getenv("AWS_REGION") + ":" + account + ":" + name;
        Expect.same("ARN", arn, attribute(url, QueueAttributeName.QUEUE_ARN));
        sqs.tagQueue(it -> it.queueUrl(url).tags(Map.of("team", "orders", "cost centre", "4711")));
        sqs.untagQueue(it -> it.queueUrl(url).tagKeys("team"));
        Expect.same("tags", Map.of("cost centre", "4711"), sqs.listQueueTags(it -> it.queueUrl(url)).tags());
        String another = createQueue(RUN + "-another", Map.of());
        List<List<String>> pages = new ArrayList<>();
        sqs.listQueuesPaginator(it -> it.queueNamePrefix(RUN).maxResults(1)).forEach(page -> pages.add(page.queueUrls()));
        pages.removeIf(List::isEmpty);
        pages.sort((one, two) -> one.get(0).compareTo(two.get(0)));
        Expect.same("pages of one queue each", List.of(List.of(another), List.of(url)), pages);
        return url;
    }

    private Message sendAndReceive(String url) {
        SendMessageResponse sent =
                sqs.sendMessage(it -> it.queueUrl(url).messageBody(BODY).messageAttributes(ATTRIBUTES));
        Expect.same("MD5 of the body", digest("MD5", BODY), sent.md5OfMessageBody());
        Message message = one("after the send", url, it -> {});
        Expect.same("received", List.of(sent.messageId(), BODY), List.of(message.messageId(), message.body()));
        Expect.same("attributes", ATTRIBUTES, message.messageAttributes());
        Expect.same("MD5 of the attributes", sent.md5OfMessageAttributes(), message.md5OfMessageAttributes());
        Expect.same("first receive", "1", message.attributes().get(APPROXIMATE_RECEIVE_COUNT));
        Expect.same("in flight", List.of(), receive(url));
        return message;
    }

    private Message changeVisibility(String url, Message first) {
        sqs.changeMessageVisibility(
                it -> it.queueUrl(url).receiptHandle(first.receiptHandle()).visibilityTimeout(0));
        Message message = one("visible again", url, it -> {});
        List<String> seen = List.of(message.messageId(), message.attributes().get(APPROXIMATE_RECEIVE_COUNT));
        Expect.same("second receive", List.of(first.messageId(), "2"), seen);
        return message;
    }

    private void delete(String url, Message message) {
        sqs.deleteMessage(it -> it.queueUrl(url).receiptHandle(message.receiptHandle()));
        Expect.same("visible", "0", attribute(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
        Expect.same("in flight", "0", attribute(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
    }

    private void longPoll(String url) {
        sqs.sendMessage(it -> it.queueUrl(url).messageBody("later").delaySeconds(1));
        Expect.same("delayed", List.of(), receive(url));
        Message message = one("waited for", url, it -> it.waitTimeSeconds(10));
        Expect.same("body", "later", message.body());
        sqs.deleteMessage(it -> it.queueUrl(url).receiptHandle(message.receiptHandle()));
    }

    private void batch(String url) {
        List<String> bodies = IntStream.range(0, 10).mapToObj(number -> "message " + number).toList();
        List<SendMessageBatchRequestEntry> entries = IntStream.range(0, 10)
                .mapToObj(at -> SendMessageBatchRequestEntry.builder()
                        .id("e" + at).messageBody(bodies.get(at)).messageAttributes(ATTRIBUTES).build())
                .toList();
        var sent = sqs.sendMessageBatch(it -> it.queueUrl(url).entries(entries));
        Expect.same("all sent", entries.stream().map(SendMessageBatchRequestEntry::id).toList(),
                sent.successful().stream().map(entry -> entry.id()).toList());
        Expect.same("none failed", List.of(), sent.failed());
        List<Message> messages = new ArrayList<>();
        while (messages.size() < 10) {
            List<Message> some = receive(url, it -> it.maxNumberOfMessages(10).waitTimeSeconds(5));
            Expect.same("a message before the end of the poll", false, some.isEmpty());
            messages.addAll(some);
        }
        Expect.same("all received", bodies, messages.stream().map(Message::body).sorted().toList());
        DeleteMessageBatchResponse gone = deleteAll(url, messages, 9);
        Expect.same("nine deleted", 9, gone.successful().size());
        Expect.same("one refused", List.of(List.of("9", "ReceiptHandleIsInvalid", true)),
                gone.failed().stream().map(entry -> List.of(entry.id(), entry.code(), entry.senderFault())).toList());
    }

    /** The message at `wrong` gets a receipt handle that is none. */
    private DeleteMessageBatchResponse deleteAll(String url, List<Message> messages, int wrong) {
        List<DeleteMessageBatchRequestEntry> entries = IntStream.range(0, messages.size())
                .mapToObj(at -> DeleteMessageBatchRequestEntry.builder()
                        .id(Integer.toString(at))
                        .receiptHandle(at == wrong ? "no handle" : messages.get(at).receiptHandle())
                        .build())
                .toList();
        return sqs.deleteMessageBatch(it -> it.queueUrl(url).entries(entries));
    }

    private SendMessageResponse order(String url, int number) {
        return sqs.sendMessage(it -> it.queueUrl(url).messageBody("order " + number).messageGroupId("a"));
    }

    private void fifo() {
        String url = createQueue(RUN + ".fifo", Map.of(
                QueueAttributeName.FIFO_QUEUE, "true", QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true"));
        SendMessageResponse first = order(url, 1);
        order(url, 1);
        var sent = sqs.sendMessageBatch(it -> it.queueUrl(url).entries(
                entry -> entry.id("e2").messageBody("order 2").messageGroupId("a"),
                entry -> entry.id("e3").messageBody("order 3").messageGroupId("a")));
        Expect.same("two sent", List.of("e2", "e3"), sent.successful().stream().map(entry -> entry.id()).toList());
        List<Message> messages = receive(url, it -> it.maxNumberOfMessages(10));
        Expect.same("in order, without the duplicate", List.of("order 1", "order 2", "order 3"),
                messages.stream().map(Message::body).toList());
        Expect.same("group", List.of("a", "a", "a"),
                messages.stream().map(message -> message.attributes().get(MESSAGE_GROUP_ID)).toList());
        Expect.same("deduplication by content", digest("SHA-256", "order 1"),
                messages.get(0).attributes().get(MESSAGE_DEDUPLICATION_ID));
        List<BigInteger> numbers = messages.stream()
                .map(message -> new BigInteger(message.attributes().get(SEQUENCE_NUMBER))).toList();
        Expect.same("sequence numbers rise", numbers.stream().distinct().sorted().toList(), numbers);
        Expect.same("first sequence number", new BigInteger(first.sequenceNumber()), numbers.get(0));
        order(url, 4);
        Expect.same("the group is locked", List.of(), receive(url));
        deleteAll(url, messages, -1);
        Expect.same("the group is free", "order 4", one("after the deletes", url, it -> {}).body());
    }

    private Pair deadLetter() {
        String dead = createQueue(RUN + "-dead", Map.of());
        String policy = "{\"deadLetterTargetArn\":\"" + attribute(dead, QueueAttributeName.QUEUE_ARN)
                + "\",\"maxReceiveCount\":2}";
        String source = createQueue(RUN + "-source", Map.of(QueueAttributeName.REDRIVE_POLICY, policy));
        SendMessageResponse sent =
                sqs.sendMessage(it -> it.queueUrl(source).messageBody("poison").messageAttributes(ATTRIBUTES));
        for (String count : List.of("1", "2")) {
            Message message = one("receive " + count, source, it -> it.visibilityTimeout(0));
            Expect.same("count", count, message.attributes().get(APPROXIMATE_RECEIVE_COUNT));
        }
        Expect.same("after two receives", List.of(), receive(source));
        Message message =
                one("in the dead-letter queue", dead, it -> it.visibilityTimeout(0).waitTimeSeconds(5));
        Expect.same("dead letter", List.of(sent.messageId(), "poison", ATTRIBUTES),
                List.of(message.messageId(), message.body(), message.messageAttributes()));
        Expect.same("where it comes from", attribute(source, QueueAttributeName.QUEUE_ARN),
                message.attributes().get(DEAD_LETTER_QUEUE_SOURCE_ARN));
        Expect.same("sources", List.of(source), sqs.listDeadLetterSourceQueuesPaginator(it -> it.queueUrl(dead))
                .queueUrls().stream().toList());
        return new Pair(source, dead);
    }

    private void redrive(Pair pair) {
        String arn = attribute(pair.dead(), QueueAttributeName.QUEUE_ARN);
        String handle = sqs.startMessageMoveTask(it -> it.sourceArn(arn).maxNumberOfMessagesPerSecond(100)).taskHandle();
        Expect.same("a handle", false, handle.isEmpty());
        ListMessageMoveTasksResultEntry task = null;
        for (int tries = 0; tries < 100 && (task == null || task.status().equals("RUNNING")); tries++) {
            task = sqs.listMessageMoveTasks(it -> it.sourceArn(arn)).results().get(0);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        Expect.same("task", List.of("COMPLETED", arn, 1L),
                List.of(task.status(), task.sourceArn(), task.approximateNumberOfMessagesMoved()));
        Message message = one("after the redrive", pair.source(), it -> it.waitTimeSeconds(5));
        Expect.same("back at its source", "poison", message.body());
        Expect.same("dead-letter queue", List.of(), receive(pair.dead()));
    }

    private static void refused(String what, Class<? extends SqsException> modelled, String code, int status, Runnable call) {
        try {
            call.run();
            Expect.same(what, modelled, "no error");
        } catch (SqsException error) {
            Expect.same(what, List.of(modelled, code, status),
                    List.of(error.getClass(), error.awsErrorDetails().errorCode(), error.statusCode()));
        }
    }

    private void errors(String url) {
        refused("no such queue", QueueDoesNotExistException.class, "AWS.SimpleQueueService.NonExistentQueue", 400,
                () -> sqs.getQueueUrl(it -> it.queueName(RUN + "-none")));
        refused("another value", QueueNameExistsException.class, "QueueAlreadyExists", 400,
                () -> createQueue(RUN + "-standard", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "31")));
        refused("no handle", ReceiptHandleIsInvalidException.class, "ReceiptHandleIsInvalid", 404,
                () -> sqs.deleteMessage(it -> it.queueUrl(url).receiptHandle("no handle")));
        refused("one id twice", BatchEntryIdsNotDistinctException.class,
                "AWS.SimpleQueueService.BatchEntryIdsNotDistinct", 400,
                () -> sqs.deleteMessageBatch(it -> it.queueUrl(url).entries(
                        entry -> entry.id("same").receiptHandle("x"), entry -> entry.id("same").receiptHandle("y"))));
        refused("an error without a model", SqsException.class, "InvalidParameterValue", 400,
                () -> sqs.sendMessage(it -> it.queueUrl(url).messageBody("x").delaySeconds(901)));
    }

    private void cleanUp() {
        queues.forEach(url -> sqs.deleteQueue(it -> it.queueUrl(url)));
        Expect.same("queues left", List.of(), sqs.listQueues(it -> it.queueNamePrefix(RUN)).queueUrls());
    }
}
