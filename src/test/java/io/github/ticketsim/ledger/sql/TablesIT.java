package io.github.ticketsim.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.stock.Settlement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables of other versions, of other schemas, or that can only be read. */
@Timeout(120)
class TablesIT extends DatabaseFixture {
  @ParameterizedTest
  @EnumSource
  void tablesOfALaterVersionAreLeftAlone(Kind kind) throws Exception {
    var url = url(kind);
    SqlRuns.open(url).close();
    try (var connection = url.connect(RecordsUrl.Access.WRITE, RecordsUrl.TIMEOUT);
        var statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO ticket_schema_history (installed_rank, version, description, type, script,"
              + " checksum, installed_by, execution_time, success) SELECT installed_rank + 1,"
              + " '99', 'later', 'SQL', 'V99__later.sql', 1, installed_by, 1, success FROM"
              + " ticket_schema_history WHERE version = '5'");
    }
    assertThatThrownBy(() -> SqlRuns.open(url))
        .isInstanceOf(RecordsUnavailableException.class)
        .hasMessageContaining("version 99");
  }

  @ParameterizedTest
  @EnumSource
  void readingMakesNoTablesAmongThoseOfOthers(Kind kind) throws Exception {
    var url = url(kind);
    try (var connection = url.connect(RecordsUrl.Access.CREATE, RecordsUrl.TIMEOUT);
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE others (one integer)");
      assertThat(SqlRuns.history(url)).isEmpty();
      try (var tables = connection.getMetaData().getTables(null, null, "ticket%", null)) {
        assertThat(tables.next()).isFalse();
      }
    }
  }

  @Test
  void tablesOfAnotherSchemaAreNotOurs() throws Exception {
    var url = url(Kind.POSTGRESQL);
    try (var connection = url.connect(RecordsUrl.Access.WRITE, RecordsUrl.TIMEOUT);
        var statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA others");
      SqlRuns.open(RecordsUrl.parse(url.label() + "?user=postgres&currentSchema=others")).close();
    }
    assertThat(SqlRuns.history(url)).isEmpty();
  }

  @Test
  void whoMayOnlyReadCanJudge() throws Exception {
    var url = url(Kind.POSTGRESQL);
    try (var claim = SaleClaim.of(url, "key");
        var records = claim.begin(run(1), MOST)) {
      record(records, bought(0, 1));
      records.end(1, new Ending(Settlement.settled(0), Ending.StopReason.NONE));
    }
    try (var connection = url.connect(RecordsUrl.Access.WRITE, RecordsUrl.TIMEOUT);
        var statement = connection.createStatement()) {
      statement.execute("CREATE ROLE reader LOGIN");
      statement.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader");
    }
    var reader =
        RecordsUrl.parse(
            "jdbc:postgresql://127.0.0.1:%d%s?user=reader"
                .formatted(
                    postgres.getPort(), url.label().substring(url.label().lastIndexOf('/'))));
    assertThat(SqlRuns.history(reader).orElseThrow().attempts().size()).isEqualTo(1);
  }

  @Test
  void aFileInAFolderThatIsNotOursCanBeJudged() throws Exception {
    var url = url(Kind.SQLITE);
    try (var claim = SaleClaim.of(url, "key");
        var records = claim.begin(run(1), MOST)) {
      assertThat(url.readingUrl(_ -> false)).as("while it is open").endsWith("records.db");
      record(records, bought(0, 1));
    }
    assertThat(url.readingUrl(_ -> true)).endsWith("records.db");
    assertThat(url.readingUrl(_ -> false)).endsWith("records.db?immutable=1");
    // Root may write there all the same.
    assertThat(folder.toFile().setWritable(false)).isTrue();
    try {
      assertThat(SqlRuns.history(url).orElseThrow().run().stock()).isEqualTo(1);
    } finally {
      assertThat(folder.toFile().setWritable(true)).isTrue();
    }
  }

  @Test
  void tablesOfAnEarlierVersionAreLeftAsTheyAreByWhoReads() throws Exception {
    var url = url(Kind.SQLITE);
    Schema.migrate(url, "3");
    assertThatThrownBy(() -> SqlRuns.history(url))
        .isInstanceOf(RecordsUnavailableException.class)
        .hasMessageContaining("earlier ticket-sim");
    SqlRuns.open(url).close();
    assertThat(SqlRuns.history(url)).isEmpty();
  }

  @Test
  void anAddressIsShownWithoutItsSecrets() {
    assertThat(RecordsUrl.parse("jdbc:postgresql://h:1,[::1]/d?user=joe&password=secret").label())
        .isEqualTo("jdbc:postgresql://h:1,[::1]/d");
    assertThatThrownBy(() -> RecordsUrl.parse("jdbc:postgresql://joe:secret@h:1/d"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> RecordsUrl.parse("jdbc:mysql://h/d?password=secret"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> RecordsUrl.parse("jdbc:sqlite::memory:"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
