package io.github.ticketsim.service;

import io.github.ticketsim.ledger.Records;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.ObservableStock;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/**
 * What a service works with.
 *
 * @param run the head of the history; the number of buyers is counted
 * @param stock is settled, but not closed, by {@link TicketService#end}
 * @param turns how many purchases are at the stock at once
 * @param records the attempts; not closed by the service
 * @param saved the path of the history in the end
 * @param nanos monotonic; orders the attempts
 * @param wall for people; orders nothing
 * @param ids of purchases, by epoch milliseconds
 */
public record ServiceConfig(
    Run run,
    ObservableStock stock,
    int turns,
    Records records,
    Path saved,
    LongSupplier nanos,
    InstantSource wall,
    LongFunction<UUID> ids) {}
