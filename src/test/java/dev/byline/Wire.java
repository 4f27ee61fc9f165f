package dev.byline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The network between the service and a PostgreSQL server: it can begin to lose every packet, and it counts round
/// trips: the Sync messages of PostgreSQL's protocol, and its simple queries, whose answer the driver waits for.
final class Wire implements AutoCloseable {

    private static final int PROTOCOL_3 = 3 << 16;

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Closeable> sockets = ConcurrentHashMap.newKeySet();
    private final List<String> roundTrips = Collections.synchronizedList(new ArrayList<>());
    private final int serverPort;
    private volatile boolean broken;

    Wire(int serverPort) throws IOException {
        this.serverPort = serverPort;
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "jdbc:postgresql://localhost:" + listener.getLocalPort() + "/postgres";
    }

    /// The round trips so far, each with the SQL that was parsed in it.
    List<String> roundTrips() {
        return List.copyOf(roundTrips);
    }

    /// From now on nothing arrives, and nobody is told.
    void lose() {
        broken = true;
    }

    /// The network works again; what was connected before is not any more.
    void mend() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
        sockets.clear();
        broken = false;
    }

    private void accept() {
        try {
            while (true) {
                var client = listener.accept();
                sockets.add(client);
                Thread.ofVirtual().start(() -> connect(client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void connect(Socket client) {
        try {
            // While packets are lost, the handshake of TCP itself would hang as well; here it is what follows.
            var server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            sockets.add(server);
            Thread.ofVirtual().start(() -> pump(client, server, this::requests));
            Thread.ofVirtual().start(() -> pump(server, client, this::answers));
        } catch (IOException refused) {
            close(client);
        }
    }

    private interface Flow {
        void run(InputStream from, DataOutputStream to) throws IOException;
    }

    private void pump(Socket from, Socket to, Flow flow) {
        try {
            flow.run(from.getInputStream(), new DataOutputStream(to.getOutputStream()));
        } catch (IOException ended) {
            // One side has closed, or the network lost it; the other side learns it below.
        }
        if (!broken) {
            close(from);
            close(to);
        }
    }

    private void answers(InputStream from, DataOutputStream to) throws IOException {
        var buffer = new byte[8192];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            if (!broken) {
                to.write(buffer, 0, read);
            }
        }
    }

    /// Messages have a type, a length that counts itself, and a body; the first ones, of the handshake, have no type.
    private void requests(InputStream from, DataOutputStream to) throws IOException {
        var messages = new DataInputStream(from);
        var sql = new StringBuilder();
        boolean handshake = true;
        while (true) {
            int type = handshake ? 0 : messages.readUnsignedByte();
            int length = messages.readInt();
            var body = messages.readNBytes(length - 4);
            if (type == 'P' || type == 'Q') {
                sql.append(new String(body, UTF_8).replace('\0', ' ').strip()).append(';');
            }
            // The driver sends BEGIN with what follows it, and does not wait for its answer.
            if ((type == 'S' || type == 'Q') && !sql.toString().startsWith("BEGIN")) {
                roundTrips.add(sql.toString());
            }
            if (type == 'S' || type == 'Q') {
                sql.setLength(0);
            }
            if (!broken) {
                if (!handshake) {
                    to.writeByte(type);
                }
                to.writeInt(length);
                to.write(body);
                to.flush();
            }
            handshake = handshake && version(body) != PROTOCOL_3;
        }
    }

    private static int version(byte[] body) {
        return ByteBuffer.wrap(body).getInt();
    }

    private static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            // That is what was wanted.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        mend();
    }
}
