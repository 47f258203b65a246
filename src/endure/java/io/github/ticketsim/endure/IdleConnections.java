package io.github.ticketsim.endure;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code IdleConnections N URL REQUESTS CLIENTS}: a {@link PostStorm} while N connections send
 * nothing, each of which then asks what is left. Prints how many of each were answered with 200.
 */
final class IdleConnections {
  private static final Duration MOST_TO_WAIT = Duration.ofMinutes(1);
  private static final String OK = "HTTP/1.1 200 ";

  private IdleConnections() {}

  public static void main(String[] arguments) throws Exception {
    var url = URI.create(arguments[1]);
    var idle = new ArrayList<Socket>();
    try {
      for (var i = 0; i < Integer.parseInt(arguments[0]); i++) {
        var socket = new Socket(url.getHost(), url.getPort());
        socket.setSoTimeout((int) MOST_TO_WAIT.toMillis());
        idle.add(socket);
      }
      PostStorm.main(new String[] {arguments[1], arguments[2], arguments[3]});
      System.out.println("[idle] " + answered(url, idle) + " responses");
    } finally {
      for (var socket : idle) {
        socket.close();
      }
    }
  }

  private static int answered(URI url, List<Socket> idle) throws IOException {
    var request = "GET /stock HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\n\r\n";
    var answered = 0;
    for (var socket : idle) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      var answer = socket.getInputStream().readNBytes(OK.length());
      answered += new String(answer, StandardCharsets.US_ASCII).equals(OK) ? 1 : 0;
    }
    return answered;
  }
}
