package io.github.ticketsim.http;

import io.github.ticketsim.ledger.Records;
import io.github.ticketsim.ledger.RecordsException;
import io.github.ticketsim.service.Refusal;
import io.helidon.common.uri.UriQuery;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** {@code GET /records}: written while it is read, so that a million of them need no memory. */
final class RecordsAction implements Endpoint.Action {
  private static final String NDJSON = "application/x-ndjson";
  private static final Set<String> PARAMETERS = Set.of("after", "limit", "result");
  private static final Set<String> RESULTS = Set.of("true", "false", "unknown");

  private final Records records;

  RecordsAction(Records records) {
    this.records = records;
  }

  /**
   * What is asked for.
   *
   * @param result only these; all if empty
   */
  private record Wish(Optional<UUID> after, long limit, Optional<String> result) {

    /**
     * @throws IllegalArgumentException saying what is wrong with {@code query}
     */
    static Wish of(UriQuery query) {
      for (var name : query.names()) {
        if (!PARAMETERS.contains(name)) {
          throw new IllegalArgumentException(
              name + ": no such parameter, there are after, limit and result");
        }
        if (query.all(name).size() != 1) {
          throw new IllegalArgumentException(name + ": expected once");
        }
      }
      return new Wish(
          value(query, "after").map(Wish::id),
          value(query, "limit").map(Wish::limit).orElse(Long.MAX_VALUE),
          value(query, "result").map(Wish::result));
    }

    private static Optional<String> value(UriQuery query, String name) {
      return query.contains(name) ? Optional.of(query.get(name)) : Optional.empty();
    }

    private static UUID id(String text) {
      try {
        var id = UUID.fromString(text);
        // It reads "1-2-3-4-5" too.
        if (id.toString().equalsIgnoreCase(text)) {
          return id;
        }
      } catch (IllegalArgumentException _) {
        // The same complaint.
      }
      throw new IllegalArgumentException("after: expected the id of a record");
    }

    private static long limit(String text) {
      if (!text.matches("[0-9]{1,18}") || Long.parseLong(text) == 0) {
        throw new IllegalArgumentException("limit: expected a whole number from 1 to 10^18 - 1");
      }
      return Long.parseLong(text);
    }

    private static String result(String text) {
      if (!RESULTS.contains(text)) {
        throw new IllegalArgumentException("result: expected true, false or unknown");
      }
      return text;
    }
  }

  @Override
  public void answer(ServerRequest request, ServerResponse response) throws IOException {
    Wish wish;
    try {
      wish = Wish.of(request.query());
    } catch (IllegalArgumentException e) {
      ProblemDetails.of(Status.BAD_REQUEST_400, String.valueOf(e.getMessage())).send(response);
      return;
    }
    Optional<Records.Cursor> found;
    try {
      found = records.read(wish.after());
    } catch (RecordsException e) {
      ProblemDetails.of(Status.SERVICE_UNAVAILABLE_503, String.valueOf(e.getMessage()))
          .with("reason", Refusal.RECORDS.wireName())
          .retryable()
          .send(response);
      return;
    }
    if (found.isEmpty()) {
      ProblemDetails.of(Status.NOT_FOUND_404, "after: no record has this id").send(response);
      return;
    }
    var lines = wantsLines(request);
    try (var cursor = found.get();
        var out = Responses.stream(response, lines ? NDJSON : "application/json")) {
      if (lines) {
        write(cursor, wish, out, "", "\n", "\n");
      } else {
        write(cursor, wish, out, "[", ",\n", "]\n");
      }
    } catch (RecordsException e) {
      // Half an answer must not look like a whole one.
      throw new CloseConnectionException("the records can no longer be read", e);
    }
  }

  private static boolean wantsLines(ServerRequest request) {
    return request.headers().contains(HeaderNames.ACCEPT)
        && request.headers().get(HeaderNames.ACCEPT).allValues().stream()
            .anyMatch(accepted -> accepted.contains(NDJSON));
  }

  private static void write(
      Records.Cursor cursor, Wish wish, OutputStream out, String open, String between, String close)
      throws IOException {
    print(out, open);
    var written = 0L;
    while (written < wish.limit()) {
      var attempt = cursor.next();
      if (attempt.isEmpty()) {
        break;
      }
      var result = RecordJson.result(attempt.get().outcome());
      if (result.isPresent() && wish.result().map(result.get()::equals).orElse(true)) {
        print(out, written == 0 ? "" : between);
        print(out, RecordJson.of(attempt.get(), result.get()));
        written++;
      }
    }
    print(out, written == 0 && open.isEmpty() ? "" : close);
  }

  private static void print(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }
}
