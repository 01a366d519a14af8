package songda.printer;

import com.hp.jipp.encoding.IppInputStream;
import com.hp.jipp.encoding.IppPacket;
import com.hp.jipp.encoding.Tag;
import com.hp.jipp.model.Types;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import songda.failure.Problem;
import songda.failure.Refused;

/**
 * A printer that speaks IPP (RFC 8011): asked for its state before, and for the state of the job until it is done.
 *
 * @param mediaType of what it is sent
 */
record IppPrinter(URI address, String mediaType) implements Machine {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(3))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private static final Duration ANSWERING = Duration.ofSeconds(4);
    private static final Duration TAKING = Duration.ofSeconds(12);
    private static final Duration PRINTING = Duration.ofSeconds(15);
    private static final int PAUSE = 250;
    private static final String WHO = "songda";

    /** RFC 8011, 5.4.11 and 5.3.7. */
    private static final int STOPPED = 5;

    private static final int JOB_STOPPED = 6;
    private static final int JOB_CANCELLED = 7;
    private static final int JOB_ABORTED = 8;
    private static final int JOB_DONE = 9;

    @Override
    public void print(byte[] job) throws NothingPrinted, MaybePrinted {
        before();
        follow(hand(job));
    }

    private void before() throws NothingPrinted {
        IppPacket answer;
        try {
            answer = send(
                    IppPacket.getPrinterAttributes(address, Types.printerState, Types.printerStateReasons)
                            .build(),
                    new byte[0],
                    ANSWERING);
        } catch (IOException e) {
            throw new NothingPrinted("连不上或不应答 / cannot be reached or does not answer");
        }
        var state = answer.getValue(Tag.printerAttributes, Types.printerState);
        if (state == null || state.getCode() == STOPPED) {
            throw new NothingPrinted(why(answer.getStrings(Tag.printerAttributes, Types.printerStateReasons)));
        }
    }

    private static Status why(List<String> reasons) {
        String all = String.join(" ", reasons);
        if (all.contains("media-empty") || all.contains("media-needed") || all.contains("marker-supply-empty")) {
            return Status.PAPER_OUT;
        }
        if (all.contains("cover-open") || all.contains("door-open")) {
            return Status.OPEN;
        }
        return all.contains("paused") ? Status.PAUSED : Status.FAULT;
    }

    /** @return the job's number */
    private int hand(byte[] job) throws NothingPrinted, MaybePrinted {
        IppPacket answer;
        try {
            answer = send(
                    IppPacket.printJob(address)
                            .putOperationAttributes(
                                    Types.requestingUserName.of(WHO),
                                    Types.jobName.of(WHO),
                                    Types.documentFormat.of(mediaType))
                            .build(),
                    job,
                    TAKING);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new NothingPrinted("连不上 / cannot be reached");
        } catch (IOException e) {
            throw new MaybePrinted("传输中断，可能已打印 / the connection broke with the job on its way");
        }
        int status = answer.getStatus().getCode();
        if (status >= 0x0400 && status < 0x0500) {
            throw new Refused(Problem.of(
                    422,
                    "printer-refuses",
                    "打印机不接受这样的作业",
                    "The printer does not take such a job",
                    new Problem.Field(
                            address.getHost(),
                            answer.getStatus().getName() + ": mend its line in mappings/directory/printers.csv")));
        }
        Integer number = answer.getValue(Tag.jobAttributes, Types.jobId);
        if (status >= 0x0500 || number == null) {
            throw new NothingPrinted("忙或故障 / " + answer.getStatus().getName());
        }
        return number;
    }

    private void follow(int job) throws MaybePrinted {
        long until = System.nanoTime() + PRINTING.toNanos();
        int state = 0;
        while (System.nanoTime() < until) {
            state = state(job);
            if (state == JOB_DONE) {
                return;
            }
            if (state == JOB_ABORTED || state == JOB_CANCELLED) {
                throw new MaybePrinted("打印机中止了作业 / the printer gave the job up");
            }
            pause();
        }
        if (state == JOB_STOPPED) {
            throw new MaybePrinted("打印中途停下 / it stopped in the middle of the job");
        }
    }

    private int state(int job) throws MaybePrinted {
        try {
            var state = send(
                            IppPacket.getJobAttributes(address, job, Types.jobState)
                                    .build(),
                            new byte[0],
                            ANSWERING)
                    .getValue(Tag.jobAttributes, Types.jobState);
            return state == null ? 0 : state.getCode();
        } catch (IOException e) {
            throw new MaybePrinted("打印中途失去联系 / it fell silent in the middle of the job");
        }
    }

    private IppPacket send(IppPacket packet, byte[] document, Duration patience) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        packet.write(body);
        body.writeBytes(document);
        HttpRequest request = HttpRequest.newBuilder(http())
                .timeout(patience)
                .header("Content-Type", "application/ipp")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        try {
            HttpResponse<byte[]> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IOException("HTTP " + answer.statusCode());
            }
            return new IppInputStream(new ByteArrayInputStream(answer.body())).readPacket();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private URI http() {
        int port = address.getPort() < 0 ? 631 : address.getPort();
        String scheme = address.getScheme().equals("ipps") ? "https" : "http";
        return URI.create(scheme + "://" + address.getHost() + ":" + port + address.getRawPath());
    }

    private static void pause() throws MaybePrinted {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MaybePrinted("送达在打印中途停机 / the hub stopped in the middle of the job");
        }
    }
}
