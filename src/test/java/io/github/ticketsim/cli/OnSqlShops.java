package io.github.ticketsim.cli;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of one class share a PostgreSQL; each has a folder and shops of its own. */
abstract class OnSqlShops {
  private static EmbeddedPostgres postgres;

  @TempDir Path folder;
  SqlShops shops;

  @BeforeAll
  static void startPostgres() throws Exception {
    postgres = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stopPostgres() throws Exception {
    postgres.close();
  }

  @BeforeEach
  void openShops() {
    shops = new SqlShops(postgres, folder);
  }
}
