package songda.receipt85;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The 85 system as Apache CXF serves it: {@code src/test/foreign/ReceiptServer.java}, a process with libraries of its own. */
final class ForeignServer implements AutoCloseable {

    private static final File LOG = new File("target/foreign-server.log");
    private final Process process;
    private final BufferedReader says;
    private final PrintWriter told;
    private final int port;

    ForeignServer() throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx160m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        "target/foreign-lib/*",
                        "src/test/foreign/ReceiptServer.java",
                        "src/partners/resources/receipt85.wsdl")
                .redirectError(LOG)
                .start();
        says = process.inputReader(StandardCharsets.UTF_8);
        told = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8));
        port = Integer.parseInt(heard());
    }

    private String heard() throws IOException {
        String line = says.readLine();
        if (line == null) {
            throw new AssertionError("the foreign server has ended: see " + LOG);
        }
        return line;
    }

    int port() {
        return port;
    }

    /** A receipt that its client has, as the addressee signed it. */
    void row(String waybill, String status, String signer, String time) throws IOException {
        tell(String.join("\t", "row", waybill, status, signer, time, "CXF-" + waybill));
    }

    void endSessions() throws IOException {
        tell("end-sessions");
    }

    private void tell(String line) throws IOException {
        told.print(line + "\n");
        told.flush();
        if (!heard().equals("ok")) {
            throw new AssertionError("the foreign server did not understand: " + line);
        }
    }

    @Override
    public void close() throws IOException {
        told.close();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
