package io.github.ticketsim.process;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A line at the foot of a terminal that tells anew, ten times a second, how something is going, and
 * is gone in the end.
 *
 * <p>Its thread is one of the system: virtual threads of thousands of buyers would leave it no
 * turn. It needs no width of the terminal, which only other processes tell: what is too long for
 * the screen is cut off by it.
 */
public final class ProgressLine implements AutoCloseable {
  private static final long UPDATE_MILLIS = 100;
  private static final String ERASE = "\r\u001B[2K";
  private static final String WITHOUT_WRAP = "\u001B[?7l";
  private static final String WITH_WRAP = "\u001B[?7h";

  private final Supplier<String> words;
  private final PrintWriter err;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread updates = Thread.ofPlatform().daemon().name("progress").unstarted(this::run);

  private ProgressLine(Supplier<String> words, PrintWriter err) {
    this.words = words;
    this.err = err;
  }

  /**
   * Shows the first line.
   *
   * @param words asked for the line each time
   * @param err a terminal
   */
  public static ProgressLine show(Supplier<String> words, PrintWriter err) {
    var line = new ProgressLine(words, err);
    line.updates.start();
    return line;
  }

  /** The same if somebody watches {@code err}; else a line that is never shown. */
  public static ProgressLine ifWatched(Supplier<String> words, PrintWriter err) {
    return Terminal.showsProgress() ? show(words, err) : hidden(err);
  }

  /** A line that is never shown. */
  public static ProgressLine hidden(PrintWriter err) {
    var line = new ProgressLine(() -> "", err);
    line.closed.countDown();
    return line;
  }

  private void run() {
    try {
      do {
        draw();
      } while (!closed.await(UPDATE_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException _) {
      // Nobody does that; what is not shown does no harm.
    }
  }

  private synchronized void draw() {
    if (closed.getCount() > 0) {
      print(ERASE + WITHOUT_WRAP + words.get() + WITH_WRAP);
    }
  }

  /** Makes room for {@code message}, which ends with its line; the progress goes on below it. */
  public synchronized void above(Runnable message) {
    if (closed.getCount() > 0) {
      print(ERASE);
    }
    message.run();
  }

  private void print(String text) {
    err.print(text);
    err.flush();
  }

  @Override
  public synchronized void close() {
    if (closed.getCount() > 0) {
      closed.countDown();
      print(ERASE);
    }
  }
}
