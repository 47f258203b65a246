package io.github.ticketsim.stock.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventTransportTest {
  /** More than the buffers of a loopback connection hold. */
  private static final int LONG = 32 << 20;

  private final EventLoop loop = EventLoop.start(HttpAddress.parse("http://localhost/"));
  private Socket peer;
  private EventTransport transport;

  @BeforeEach
  void connect() throws IOException {
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      transport = new EventTransport(SocketChannel.open(listener.getLocalSocketAddress()), loop);
      peer = listener.accept();
    }
  }

  @AfterEach
  void close() throws IOException {
    transport.close();
    peer.close();
    loop.close();
  }

  @Test
  void readsWhatArrives() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var read = threads.submit(() -> transport.in().readNBytes(2));
      peer.getOutputStream().write(1);
      peer.getOutputStream().write(2);
      assertThat(read.get()).containsExactly(1, 2);
    }
  }

  @Test
  void writesMoreThanTheBuffersHold() throws Exception {
    var sent = new byte[LONG];
    new Random(1).nextBytes(sent);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var written =
          threads.submit(
              () -> {
                transport.out().write(sent);
                return true;
              });
      assertThat(peer.getInputStream().readNBytes(LONG)).isEqualTo(sent);
      assertThat(written.get()).isTrue();
    }
  }

  @Test
  void closingEndsARead() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var read = threads.submit(() -> transport.in().read(new byte[1]));
      transport.close();
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(read::get)
          .withCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void readsOnAfterBytesThatNobodyWaitedFor() throws Exception {
    peer.getOutputStream().write(1);
    while (!transport.ignored()) {
      Thread.onSpinWait();
    }
    assertThat(transport.in().read(new byte[8])).isEqualTo(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var read = threads.submit(() -> transport.in().read(new byte[8]));
      peer.getOutputStream().write(2);
      assertThat(read.get()).isEqualTo(1);
    }
  }

  @Test
  void isNotSilentOnceTheServerHasHungUp() throws Exception {
    assertThat(transport.silent()).isTrue();
    peer.close();
    while (!transport.ignored()) {
      Thread.onSpinWait();
    }
    assertThat(transport.silent()).isFalse();
  }
}
