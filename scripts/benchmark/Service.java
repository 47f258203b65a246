import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/** A program that answers {@code POST /buy}, in a process of its own. */
record Service(Process process, String url) implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("POST (http://\\S+/buy)");

  /** Starts {@code command}, which says on stdout or stderr where it answers. */
  static Service start(List<String> command) throws IOException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var lines = process.inputReader();
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      var ready = READY.matcher(line);
      if (ready.find()) {
        Thread.ofVirtual().start(() -> drain(lines));
        return new Service(process, ready.group(1));
      }
      Progress.say(line);
    }
    throw new IllegalStateException("did not start: " + String.join(" ", command));
  }

  /** Or else it would wait for somebody to read what it says. */
  private static void drain(BufferedReader lines) {
    lines.lines().forEach(_ -> {});
  }

  /** Ends it at once: a proof and a history of millions would take their time. */
  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }
}
