package io.github.ticketsim.bench;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A program that answers {@code POST /buy}, in a process of its own. */
record Service(Process process, String url) implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("POST (http://\\S+/buy)");

  /** Starts {@code command}, which says on stdout or stderr where it answers. */
  static Service start(List<String> command) throws IOException, InterruptedException {
    var process = CleanUp.started(new ProcessBuilder(command).redirectErrorStream(true));
    var url = new AtomicReference<@Nullable String>();
    if (!new Output(process).await(line -> answers(line, url))) {
      CleanUp.end(process);
      throw new FailedException("did not start: " + String.join(" ", command));
    }
    return new Service(process, Objects.requireNonNull(url.get()));
  }

  private static boolean answers(String line, AtomicReference<@Nullable String> url) {
    var ready = READY.matcher(line);
    if (ready.find()) {
      return url.compareAndSet(null, ready.group(1));
    }
    if (url.get() == null) {
      Progress.say(line);
    }
    return false;
  }

  /** Ends it at once: a proof and a history of millions would take their time. */
  @Override
  public void close() {
    process.destroyForcibly();
    CleanUp.end(process);
  }
}
