import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code PostStorm URL REQUESTS CLIENTS}: where no load tool can be installed. */
class PostStorm {
  public static void main(String[] arguments) {
    var request =
        HttpRequest.newBuilder(URI.create(arguments[0])).POST(BodyPublishers.noBody()).build();
    var left = new AtomicInteger(Integer.parseInt(arguments[1]));
    var ok = new AtomicInteger();
    try (var client = HttpClient.newHttpClient();
        var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < Integer.parseInt(arguments[2]); i++) {
        clients.submit(
            () -> {
              while (left.getAndDecrement() > 0) {
                if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
                  ok.incrementAndGet();
                }
              }
              return null;
            });
      }
    }
    System.out.println("[200] " + ok + " responses");
  }
}
