package io.github.ticketsim.stock.http;

import io.github.ticketsim.stock.UnclearReply;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps the texts of replies that tell nothing few, even if no two of them are alike. */
final class UnclearWords {
  /** So many different ones are quoted as they are. */
  private static final int MOST = 100;

  private final Set<String> known = ConcurrentHashMap.newKeySet();

  /** The same words unless they are new and there are many: then without the numbers in them. */
  String bounded(String words) {
    return known.contains(words) || (known.size() < MOST && known.add(words))
        ? words
        : UnclearReply.parse(words).map(reply -> reply.alike().words()).orElse(words);
  }
}
