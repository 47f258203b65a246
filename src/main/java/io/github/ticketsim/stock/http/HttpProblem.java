package io.github.ticketsim.stock.http;

import io.github.ticketsim.stock.StockUnavailableException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;

/**
 * What went wrong with a target, and what to do about it.
 *
 * @param words in one line of bounded length
 * @param cure one clause
 */
record HttpProblem(String words, String cure) {
  private static final int MOST_CHARACTERS = 160;
  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}]+");
  private static final String CHECK_URL = "check the URL";
  private static final String START_IT =
      "start the service, such as `ticket-sim serve`, or check the URL";
  private static final String CHECK_SILENT = "check the URL, or raise --timeout";
  private static final String CHECK_TLS =
      "use https:// for a TLS port with a certificate that Java trusts, http:// for a plain port";

  /** Why no connection could be had. */
  static HttpProblem connecting(IOException exception) {
    return switch (exception) {
      case UnknownHostException _ -> new HttpProblem("host name unknown", CHECK_URL);
      case ConnectException _, NoRouteToHostException _ ->
          new HttpProblem("nobody listens there", START_IT);
      case SocketTimeoutException _ -> new HttpProblem("no answer in time", CHECK_SILENT);
      case OverdueException _ -> new HttpProblem("no answer in time", CHECK_SILENT);
      case SSLException e -> new HttpProblem("TLS failed: " + words(e), CHECK_TLS);
      default -> new HttpProblem(words(exception), CHECK_TLS);
    };
  }

  StockUnavailableException at(HttpAddress address) {
    return new StockUnavailableException(address.label(), words, cure);
  }

  /** Why no whole reply came, as short as it can be said. */
  static String words(Exception exception) {
    return switch (exception) {
      case ConnectionClosedException _, EOFException _ ->
          "the connection was closed before a whole reply";
      case OverdueException e -> clip(e.getMessage());
      case HttpException e -> clip("the reply is no HTTP: " + e.getMessage());
      default ->
          exception.getMessage() == null
              ? exception.getClass().getSimpleName()
              : clip(exception.getMessage());
    };
  }

  static String clip(String message) {
    return clip(message, MOST_CHARACTERS);
  }

  /** In one line, of at most so many characters, which any file can hold. */
  static String clip(String message, int most) {
    var line = BLANKS.matcher(message.strip()).replaceAll(" ");
    var clipped =
        line.codePointCount(0, line.length()) <= most
            ? line
            : line.substring(0, line.offsetByCodePoints(0, most)) + "...";
    // Half a character, which JSON can escape, has no UTF-8 form.
    return new String(clipped.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
