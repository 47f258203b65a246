package io.github.ticketsim.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

  private final StringWriter screen = new StringWriter();
  private final PrintWriter err = new PrintWriter(screen);
  private final AtomicInteger asked = new AtomicInteger();

  private String words() {
    return "step " + asked.incrementAndGet();
  }

  /** What an escape sequence leaves of a line that it erases is nothing. */
  private String visible() {
    return screen
        .toString()
        .replaceAll("[^\n]*\r\u001B\\[2K", "")
        .replaceAll("\u001B\\[\\?7[lh]", "");
  }

  @Test
  void movesWhileVirtualThreadsKeepAllProcessorsBusy() throws Exception {
    var over = new AtomicBoolean();
    var busy =
        IntStream.range(0, 4 * Runtime.getRuntime().availableProcessors())
            .mapToObj(
                _ ->
                    Thread.startVirtualThread(
                        () -> {
                          while (!over.get()) {
                            Thread.onSpinWait();
                          }
                        }))
            .toList();
    try (var _ = ProgressLine.show(this::words, err)) {
      Await.until("it has moved three times", () -> asked.get() > 3);
    } finally {
      over.set(true);
      for (var thread : busy) {
        thread.join();
      }
    }
  }

  @Test
  void isGoneInTheEnd() throws Exception {
    try (var _ = ProgressLine.show(this::words, err)) {
      Await.until("it is seen", () -> visible().startsWith("step "));
    }
    assertThat(visible()).isEmpty();
    assertThat(screen.toString()).doesNotContain("\n");
  }

  @Test
  void makesRoomForAMessage() throws Exception {
    try (var line = ProgressLine.show(this::words, err)) {
      Await.until("it is seen", () -> visible().startsWith("step "));
      line.above(() -> err.println("a message"));
    }
    assertThat(visible()).isEqualToIgnoringNewLines("a message");
  }

  @Test
  void leavesTheScreenAloneAfterItsEnd() {
    var line = ProgressLine.show(this::words, err);
    line.close();
    var before = screen.toString();
    line.above(() -> err.print("a message"));
    assertThat(screen).hasToString(before + "a message");
  }

  @Test
  void neverWrapsAndLetsOthersWrap() throws Exception {
    try (var _ = ProgressLine.show(this::words, err)) {
      Await.until("it is seen", () -> asked.get() > 1);
    }
    assertThat(screen.toString()).containsPattern("\u001B\\[\\?7lstep 1\u001B\\[\\?7h");
  }
}
