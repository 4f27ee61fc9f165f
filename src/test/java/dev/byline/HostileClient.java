package dev.byline;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/// One client of an attack, on one connection at a time that it treats as badly as it likes: no library would.
final class HostileClient implements Runnable {

    /// Nobody who attacks has one address only. On Linux all of 127.0.0.0/8 is this machine.
    private static final int ADDRESSES = 40;

    private static final boolean HAS_ADDRESSES = System.getProperty("os.name").startsWith("Linux");

    /// Longer than the service needs for any answer, shorter than the siege.
    private static final int PATIENCE = 60_000;

    private final Attack attack;
    private final int number;
    private final int port;
    private final SiegeData data;
    private final Tally tally;
    private volatile boolean over;
    private volatile Socket socket;
    private Thread writer;

    /// @param number among the clients of the attack, from 0
    HostileClient(Attack attack, int number, int port, SiegeData data, Tally tally) {
        this.attack = attack;
        this.number = number;
        this.port = port;
        this.data = data;
        this.tally = tally;
    }

    /// Attacks again and again until it is stopped.
    @Override
    public void run() {
        while (!over) {
            try {
                attack.once(this);
            } catch (ConnectException refused) {
                end("not connected");
            } catch (SocketTimeoutException unanswered) {
                end("unanswered");
            } catch (IOException reset) {
                end("reset");
            } catch (InterruptedException stopped) {
                return;
            } finally {
                close();
            }
            pause();
        }
    }

    private void pause() {
        try {
            Thread.sleep(Attack.PAUSE);
        } catch (InterruptedException stopped) {
            over = true;
        }
    }

    private void end(String how) {
        if (!over) {
            tally.end(how);
        }
    }

    /// Ends it, whatever it is at.
    void stop() {
        if (socket != null && !socket.isClosed()) {
            end("open at the end");
        }
        over = true;
        close();
    }

    private void close() {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException closed) {
            // That is what was wanted.
        }
        if (writer != null) {
            writer.interrupt();
        }
    }

    int number() {
        return number;
    }

    SiegeData data() {
        return data;
    }

    void open() throws IOException {
        open(0);
    }

    /// @param receiveBuffer in bytes, 0 for the system's
    void open(int receiveBuffer) throws IOException {
        var next = new Socket();
        socket = next;
        if (over) {
            next.close();
        }
        if (receiveBuffer > 0) {
            next.setReceiveBufferSize(receiveBuffer);
        }
        if (HAS_ADDRESSES) {
            next.bind(new InetSocketAddress(
                    InetAddress.getByAddress(new byte[] {127, 0, 1, (byte) (1 + number % ADDRESSES)}), 0));
        }
        next.setSoTimeout(PATIENCE);
        next.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), PATIENCE);
        tally.connection();
    }

    /// Closes at once, with RST instead of FIN.
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    void send(String request) throws IOException {
        tally.requests(1);
        write(request);
    }

    private void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    interface Sender {
        void to(OutputStream out) throws IOException, InterruptedException;
    }

    /// Sends while {@link #answer} waits: the service may answer before it has read all, and need not read on.
    void sendBeside(Sender sender) {
        tally.requests(1);
        var current = socket;
        writer = Thread.startVirtualThread(() -> {
            try {
                sender.to(current.getOutputStream());
            } catch (IOException | InterruptedException over) {
                // The other side has closed, or this one.
            }
        });
    }

    /// Reads the status line, no more.
    ///
    /// @return whether it says 200
    boolean answer() throws IOException {
        var line = new StringBuilder();
        for (int b = read(); b >= 0 && line.length() < 12; b = read()) {
            line.append((char) b);
        }
        boolean isAnswer = line.length() == 12 && line.indexOf("HTTP/1.") == 0;
        end(isAnswer ? line.substring(9) : "closed");
        return isAnswer && line.substring(9).equals("200");
    }

    private int read() throws IOException {
        return socket.getInputStream().read();
    }

    /// Reads the rest, as fast as it comes, until the service closes the connection.
    void drain() throws IOException {
        var buffer = new byte[1 << 14];
        while (socket.getInputStream().read(buffer) >= 0) {
            // Goes on.
        }
    }

    /// Reads a byte a second.
    void readSlowly() throws IOException, InterruptedException {
        while (read() >= 0) {
            Thread.sleep(1000);
        }
        end("cut");
    }

    /// Reads nothing, and asks for more from time to time: only who sends learns that the service has cut the
    // connection.
    void readNothing(String request) throws InterruptedException {
        try {
            while (true) {
                Thread.sleep(5000);
                write(request);
            }
        } catch (IOException closed) {
            end("cut");
        }
    }
}
