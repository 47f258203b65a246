package io.github.ticketsim.fault;

import io.github.ticketsim.redis.WireProxy;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Carries commands and replies, and injects the faults that the selector chooses. */
final class FaultyWire implements WireProxy.Wire {

  /** Commands that set up a connection: not counted, and never hit. */
  private static final Set<String> CONNECTING =
      Set.of("AUTH", "CLIENT", "HELLO", "PING", "QUIT", "SCRIPT", "SELECT");

  private final FaultSelector selector;
  private final FaultLog log;

  FaultyWire(FaultSelector selector, FaultLog log) {
    this.selector = selector;
    this.log = log;
  }

  @Override
  public void carry(Socket client, Socket server, ExecutorService threads)
      throws IOException, InterruptedException {
    var replies = new ReplyPath(client, server);
    var reading = threads.submit(replies);
    try {
      new CommandPath(client, server.getOutputStream(), replies).carry();
    } finally {
      // Half closed: Redis still reads and executes what was sent before.
      server.shutdownOutput();
      awaitEnd(reading);
    }
  }

  private static void awaitEnd(Future<?> reading) throws InterruptedException {
    try {
      var _ = reading.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("reading replies broke down", e);
    }
  }

  /** From the client to the server. */
  private final class CommandPath {
    private final Socket client;
    private final OutputStream server;
    private final ReplyPath replies;

    CommandPath(Socket client, OutputStream server, ReplyPath replies) {
      this.client = client;
      this.server = server;
      this.replies = replies;
    }

    void carry() throws IOException, InterruptedException {
      var commands = new RespReader(client.getInputStream());
      for (var index = 0L; !client.isClosed(); index++) {
        var command = commands.next();
        var name = RespReader.name(command);
        var placed =
            CONNECTING.contains(name)
                ? Optional.<FaultSelector.Command>empty()
                : Optional.of(selector.next());
        var fault = placed.flatMap(FaultSelector.Command::fault);
        if (fault.isPresent()) {
          var what = name + ": " + words(fault.get());
          log.record(fault.get(), placed.get().number(), what);
          inject(fault.get(), index, command);
        } else {
          server.write(command);
        }
      }
    }

    private static String words(FaultSpec.OnTheWire fault) {
      return switch (fault) {
        case FaultSpec.DropReply _ -> "its reply was dropped";
        case FaultSpec.Reset _ -> "the connection was reset behind it";
        case FaultSpec.CutRequest _ -> "the connection was closed within it";
        case FaultSpec.Delay(_, _, var length) -> "held back for " + length.toMillis() + " ms";
      };
    }

    private void inject(FaultSpec.OnTheWire fault, long index, byte[] command)
        throws IOException, InterruptedException {
      switch (fault) {
        case FaultSpec.DropReply _ -> {
          replies.dropFrom(index);
          server.write(command);
        }
        case FaultSpec.Reset _ -> {
          // Redis may be faster than the reset.
          replies.dropFrom(index);
          server.write(command);
          client.setSoLinger(true, 0);
          client.close();
        }
        case FaultSpec.CutRequest _ -> {
          server.write(command, 0, command.length - 1);
          client.close();
        }
        case FaultSpec.Delay(_, _, var length) -> {
          Thread.sleep(length);
          server.write(command);
        }
      }
    }
  }

  /** From the server to the client, until replies are dropped. */
  private static final class ReplyPath implements Runnable {
    private final Socket client;
    private final Socket server;
    private volatile long dropFrom = Long.MAX_VALUE;

    ReplyPath(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    /**
     * Drops the reply to command {@code index}, counted from 0 on this connection, and all replies
     * after it: TCP has no gaps, so without that reply the next cannot arrive either. Call before
     * the command is sent.
     */
    void dropFrom(long index) {
      dropFrom = Math.min(dropFrom, index);
    }

    @Override
    public void run() {
      try (client) {
        var replies = new RespReader(server.getInputStream());
        for (var index = 0L; ; index++) {
          var reply = replies.next();
          if (index < dropFrom) {
            deliver(reply);
          }
        }
      } catch (IOException _) {
        // Redis has closed the connection, and this closes the client.
      }
    }

    /** Drops the replies to a client that has gone, so that Redis can still write them. */
    private void deliver(byte[] reply) {
      try {
        client.getOutputStream().write(reply);
      } catch (IOException _) {
        dropFrom = 0;
      }
    }
  }
}
