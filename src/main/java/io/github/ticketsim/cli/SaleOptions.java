package io.github.ticketsim.cli;

import io.github.ticketsim.sale.Items;
import io.github.ticketsim.sale.Quantity;
import io.github.ticketsim.sale.Sale;
import io.github.ticketsim.sale.SaleFile;
import io.github.ticketsim.sale.Wants;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say who wants what of an HTTP endpoint, and the file that says it too. */
final class SaleOptions {
  static final String SALE = "--sale";

  @Option(
      names = SALE,
      paramLabel = "FILE",
      description =
          "A YAML file that describes the sale, see the manual page sale-file. An option wins over"
              + " what it says.")
  private @Nullable Path sale;

  @Option(
      names = "--try",
      description =
          "Send one purchase, print request and reply without secrets and what each rule says of"
              + " it. Takes no verdict.")
  private boolean once;

  @Option(
      names = "--customers",
      paramLabel = "N",
      description =
          "Buyer b is customer b mod N, which {{customer}} stands for in --target, --header and"
              + " --body. Other values: {{buyer}}, {{item}}, {{quantity}}, {{purchase}} (a UUID),"
              + " {{attempt}}, {{stock}}, {{data.COLUMN}}. Default: each buyer is one")
  private @Nullable Count customers;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Tickets that a customer may have, of all items together. Default: any number")
  private @Nullable Count limit;

  @Option(
      names = "--items",
      paramLabel = "ITEMS",
      description =
          "Items named 1 to N, or names with commas between, --stock of each. Each is asked for"
              + " equally often, in an order drawn by --seed. Default: one item")
  private @Nullable Items items;

  @Option(
      names = "--quantity",
      paramLabel = "N",
      description = "Tickets of a purchase, or a range such as 1-4 drawn by --seed. Default: 1")
  private @Nullable Quantity quantity;

  @Option(
      names = "--retry",
      paramLabel = "SHARE",
      description =
          "So many purchases, such as 10%%, are sent again with the same {{purchase}}: some while"
              + " the first is under way, some after its reply. Default: none")
  private @Nullable String retry;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "A CSV file whose first line names columns. Row c belongs to customer c, counted from 0;"
              + " {{data.COLUMN}} stands for its values.")
  private @Nullable Path data;

  /** Whether only one purchase is to be sent. */
  boolean once() {
    return once;
  }

  /** What the file says, if there is one. */
  Sale file() {
    var file = sale;
    return file == null ? Sale.NONE : UsageException.named(SALE, () -> SaleFile.read(file));
  }

  /** What the options say, and what the file says of the rest. */
  Wants wants(OptionalLong stock, Sale file) {
    var share = retry;
    return new Wants(
            stock,
            OptionalInt.empty(),
            customers == null
                ? OptionalInt.empty()
                : OptionalInt.of(customers.between("--customers", 1, 1_000_000)),
            limit == null
                ? OptionalLong.empty()
                : OptionalLong.of(limit.between("--limit", 1, Long.MAX_VALUE)),
            Optional.ofNullable(items),
            Optional.ofNullable(quantity),
            share == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(UsageException.named("--retry", () -> Wants.share(share))),
            Optional.ofNullable(data))
        .or(file.wants());
  }
}
