package io.github.ticketsim.endure;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code PostStorm URL REQUESTS CLIENTS [FILE]}: where no load tool can be installed, or each
 * answer counts. What was answered with 200 goes to the file, a line each, at once.
 */
final class PostStorm {
  public static void main(String[] arguments) throws IOException {
    var request =
        HttpRequest.newBuilder(URI.create(arguments[0])).POST(BodyPublishers.noBody()).build();
    var left = new AtomicInteger(Integer.parseInt(arguments[1]));
    var ok = new AtomicInteger();
    try (var answers =
            arguments.length > 3
                ? new PrintStream(arguments[3])
                : new PrintStream(PrintStream.nullOutputStream());
        var client = HttpClient.newHttpClient();
        var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < Integer.parseInt(arguments[2]); i++) {
        var _ =
            clients.submit(
                () -> {
                  while (left.getAndDecrement() > 0) {
                    var answer = client.send(request, BodyHandlers.ofString());
                    if (answer.statusCode() == 200) {
                      ok.incrementAndGet();
                      answers.print(answer.body() + "\n");
                    }
                  }
                  return null;
                });
      }
    }
    System.out.println("[200] " + ok + " responses");
  }
}
