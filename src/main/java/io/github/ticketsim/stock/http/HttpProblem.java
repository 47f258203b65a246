package io.github.ticketsim.stock.http;

import io.github.ticketsim.sale.OneLine;
import io.github.ticketsim.stock.StockUnavailableException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
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
      case OverdueException e -> OneLine.clip(e.getMessage());
      case HttpException e -> OneLine.clip("the reply is no HTTP: " + e.getMessage());
      default ->
          exception.getMessage() == null
              ? exception.getClass().getSimpleName()
              : OneLine.clip(exception.getMessage());
    };
  }
}
