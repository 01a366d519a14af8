package songda.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A client that sends exactly what it is told: no HTTP library lets a test lie about lengths. */
record Wire(int port) {

    /** @param left true if the server closed the connection after this answer */
    record Answer(int status, Map<String, String> headers, String body, boolean closed) {

        String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }
    }

    static byte[] request(String line, Map<String, String> headers, byte[] body) {
        StringBuilder head = new StringBuilder(line).append(" HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = java.util.Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return all;
    }

    /** All answers up to the end of the connection, or until none comes for {@code patience} milliseconds. */
    java.util.List<Answer> send(byte[] bytes, int patience) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(patience);
            Thread writer = new Thread(() -> {
                try {
                    socket.getOutputStream().write(bytes);
                } catch (IOException e) {
                    // The server may close before all is sent; its answer is what counts.
                }
            });
            writer.start();
            ByteArrayOutputStream got = new ByteArrayOutputStream();
            boolean closed = true;
            try {
                byte[] part = new byte[8192];
                for (int n = socket.getInputStream().read(part);
                        n >= 0;
                        n = socket.getInputStream().read(part)) {
                    got.write(part, 0, n);
                }
            } catch (java.net.SocketTimeoutException e) {
                closed = false;
            } catch (java.net.SocketException e) {
                closed = true;
            }
            return parse(got.toByteArray(), closed);
        }
    }

    private static java.util.List<Answer> parse(byte[] got, boolean closed) {
        java.util.List<Answer> answers = new java.util.ArrayList<>();
        String text = new String(got, StandardCharsets.ISO_8859_1);
        while (text.startsWith("HTTP/1.1 ")) {
            int end = text.indexOf("\r\n\r\n");
            String[] lines = text.substring(0, end).split("\r\n");
            Map<String, String> headers = new LinkedHashMap<>();
            for (int i = 1; i < lines.length; i++) {
                String[] pair = lines[i].split(":", 2);
                headers.put(pair[0].toLowerCase(Locale.ROOT), pair[1].strip());
            }
            String rest = text.substring(end + 4);
            int length = headers.containsKey("content-length")
                    ? Integer.parseInt(headers.get("content-length"))
                    : headers.containsKey("transfer-encoding") ? rest.length() : 0;
            String body = new String(
                    rest.substring(0, Math.min(length, rest.length())).getBytes(StandardCharsets.ISO_8859_1),
                    StandardCharsets.UTF_8);
            answers.add(new Answer(Integer.parseInt(lines[0].split(" ")[1]), headers, body, closed));
            text = rest.substring(Math.min(length, rest.length()));
        }
        return answers;
    }
}
