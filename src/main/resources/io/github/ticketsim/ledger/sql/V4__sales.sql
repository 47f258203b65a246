-- Storms of sales with customers, items, quantities, keys and orders. What was kept before has none.
ALTER TABLE ticket_run ADD COLUMN customer_limit bigint;
ALTER TABLE ticket_run ADD COLUMN same_request smallint NOT NULL DEFAULT 0;
-- How many orders the shop had, if all of them were read.
ALTER TABLE ticket_run ADD COLUMN orders bigint;

ALTER TABLE ticket_attempt ADD COLUMN customer text;
ALTER TABLE ticket_attempt ADD COLUMN item text;
ALTER TABLE ticket_attempt ADD COLUMN quantity bigint;
-- Attempts of one purchase share it. The key of a customer of a service is idempotency_key.
ALTER TABLE ticket_attempt ADD COLUMN purchase_key text;
ALTER TABLE ticket_attempt ADD COLUMN shop_order text;

-- An item has no stock here if only what is left of it was read.
CREATE TABLE ticket_item (
  run bigint NOT NULL,
  place bigint NOT NULL,
  name text NOT NULL,
  stock bigint,
  counter_left bigint,
  PRIMARY KEY (run, place)
);

-- What the shop says that it sold.
CREATE TABLE ticket_order (
  run bigint NOT NULL,
  place bigint NOT NULL,
  id text NOT NULL,
  customer text,
  item text,
  quantity bigint,
  PRIMARY KEY (run, place)
);
