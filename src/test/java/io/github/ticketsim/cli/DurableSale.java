package io.github.ticketsim.cli;

import io.github.ticketsim.stock.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Path;

/** A sale of 300 tickets whose service may die. */
record DurableSale(Path folder, RedisServer redis, String records) {
  TicketSimProcess serve() throws IOException {
    return TicketSimProcess.start(
        folder,
        "serve",
        "--cold",
        "--redis=" + redis.uri(),
        "--port=0",
        "--stock=300",
        "--records=" + records,
        "--out=" + folder.resolve("runs"));
  }
}
