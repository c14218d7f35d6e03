package dev.onda.studio;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Takes connections at one address; a server's second one at the port of its first one.
 *
 * <p>This machine's own addresses are two, 127.0.0.1 and ::1. Programs find either behind the name localhost, and some try no
 * other; and a port that is left free at one of them is another program's to take.
 */
final class Entrance extends ServerConnector {

    /** What waits in the system for a client that does not read; the rest waits here, and is counted. */
    private static final int SEND_BUFFER_BYTES = 64 << 10;

    private static final InetAddress IPV6_LOOPBACK = InetAddress.ofLiteral("::1");

    Entrance(Server server, HttpConfiguration http, InetAddress address, StudioSettings settings) {
        super(server, new HttpConnectionFactory(http));
        setHost(address.getHostAddress());
        setPort(settings.port());
        setIdleTimeout(settings.limits().idle().toMillis());
        setAcceptedSendBufferSize(SEND_BUFFER_BYTES);
    }

    @Override
    public void open() throws IOException {
        if (getServer().getConnectors()[0] instanceof Entrance first && first != this) {
            setPort(first.getLocalPort()); // the first one may have taken a free one
        }
        super.open();
    }

    /** Where to listen for an address: there, and for 127.0.0.1 also at ::1 if this machine has it. */
    static List<InetAddress> addresses(InetAddress address) {
        boolean isLoopback = address instanceof Inet4Address && address.isLoopbackAddress();
        return isLoopback && isHere(IPV6_LOOPBACK) ? List.of(address, IPV6_LOOPBACK) : List.of(address);
    }

    private static boolean isHere(InetAddress address) {
        try (ServerSocket socket = new ServerSocket(0, 1, address)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
