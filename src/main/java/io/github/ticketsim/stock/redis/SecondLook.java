package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.StockUnavailableException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * What stands at an address at which something went wrong, as another connection shows. A server
 * that hangs up at once has often said why, and the first connection has lost it: it was writing.
 *
 * @param endpoint where it went wrong
 * @param timeout for each step of the look
 */
record SecondLook(RedisEndpoint endpoint, Duration timeout) {
  private static final String NAME = "ticket-sim-look";
  private static final Duration MOST = Duration.ofSeconds(1);
  private static final int MOST_BYTES = 512;
  private static final int MOST_MASTERS = 10;
  private static final byte[] NOTHING = {};
  private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);

  SecondLook {
    timeout = timeout.compareTo(MOST) < 0 ? timeout : MOST;
  }

  /** What {@code exception} means, and what to do. */
  StockUnavailableException at(JedisException exception) {
    return problem(exception).at(endpoint);
  }

  /** The same without the place. */
  RedisProblem problem(JedisException exception) {
    var first = RedisProblem.of(exception, endpoint);
    return seen(exception, first).orElse(first);
  }

  private Optional<RedisProblem> seen(JedisException exception, RedisProblem first) {
    if (exception instanceof JedisDataException) {
      return first.words().startsWith("ERR unknown command") ? sentinel() : Optional.empty();
    }
    if (first.certain()) {
      return Optional.empty();
    }
    return endpoint.tls().isPresent()
        ? saidOverTls(endpoint.tls().get())
            .or(() -> saidPlainly(PING).map(_ -> RedisProblem.noTls()))
        : saidPlainly(NOTHING).map(RedisProblem::refused).or(this::wantsTls);
  }

  /** Why the server ends a connection over TLS, if it says so when nobody writes. */
  private Optional<RedisProblem> saidOverTls(Tls ours) {
    var client = ours.client();
    try (var socket = connect();
        var tls = client.over(socket, endpoint)) {
      return refusal(tls).map(RedisProblem::refused);
    } catch (SocketTimeoutException _) {
      return Optional.empty();
    } catch (SSLException e) {
      return Optional.of(ours.problem(e)).filter(RedisProblem::certain).or(client::hungUp);
    } catch (IOException _) {
      // Its alert is lost if it comes while we are still writing our part of the handshake.
      return client.hungUp();
    }
  }

  /** What the server says to {@code bytes} without TLS, if that is a word of Redis. */
  private Optional<String> saidPlainly(byte[] bytes) {
    try (var socket = connect()) {
      socket.getOutputStream().write(bytes);
      return refusal(socket);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private Optional<RedisProblem> wantsTls() {
    try (var socket = connect();
        var _ = Tls.JAVA.over(socket, endpoint)) {
      return Optional.of(RedisProblem.onlyTls());
    } catch (SSLException e) {
      // Whatever TLS there disliked, it was TLS.
      return Optional.of(Tls.JAVA.problem(e))
          .filter(problem -> problem.certain() && !problem.equals(RedisProblem.noTls()))
          .map(_ -> RedisProblem.onlyTls());
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private Socket connect() throws IOException {
    var socket = endpoint.connect(timeout);
    socket.setSoTimeout((int) timeout.toMillis());
    return socket;
  }

  /** The first line that comes, if Redis begins a reply like that. */
  private static Optional<String> refusal(Socket socket) throws IOException {
    var bytes = new byte[MOST_BYTES];
    var read = Math.max(0, socket.getInputStream().read(bytes));
    return new String(bytes, 0, read, StandardCharsets.UTF_8)
        .lines()
        .findFirst()
        .filter(word -> word.startsWith("-") || word.startsWith("+"))
        .map(word -> word.substring(1));
  }

  /** Whether it is a Sentinel, and then where its primaries are. */
  Optional<RedisProblem> sentinel() {
    var here =
        new RedisEndpoint(
            endpoint.address(),
            endpoint.socket(),
            endpoint.tls(),
            endpoint.user(),
            endpoint.password(),
            0);
    try (var connection = NamedConnections.open(here, timeout, NAME)) {
      var info = connection.executeCommand(new CommandArguments(Command.INFO).add("server"));
      if (!text(info).contains("redis_mode:sentinel")) {
        return Optional.empty();
      }
      var masters =
          connection.executeCommand(new CommandArguments(Command.SENTINEL).add("MASTERS"));
      return Optional.of(RedisProblem.sentinel(masters(masters)));
    } catch (JedisException _) {
      return Optional.empty();
    }
  }

  /** The address of each primary that a Sentinel watches, its name behind it. */
  private List<String> masters(Object reply) {
    var found = new ArrayList<String>();
    if (reply instanceof List<?> masters) {
      for (var master : masters.stream().limit(MOST_MASTERS).toList()) {
        if (master instanceof List<?> fields) {
          var words = fields.stream().map(SecondLook::text).toList();
          found.add(
              endpoint.uriOf(field(words, "ip"), field(words, "port"))
                  + " ("
                  + field(words, "name")
                  + ")");
        }
      }
    }
    return found;
  }

  private static String field(List<String> words, String name) {
    var at = words.indexOf(name);
    return at < 0 || at + 1 >= words.size() ? "?" : words.get(at + 1);
  }

  private static String text(Object reply) {
    return reply instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "";
  }
}
