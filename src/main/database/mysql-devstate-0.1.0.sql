-- tigase-devstate: what outlives a restart of the service. Loaded by the schema tool of Tigase; loading it again changes nothing.
-- Each row belongs to a service address, such as pubsub.example.net. A mailbox or device has its length in bytes of UTF-8 in its
-- key, as for some databases names are equal that differ in blanks at their end.

-- QUERY START:
create table if not exists tig_devstate_policies (
    service varchar(255) not null,
    policy_text mediumtext not null,
    primary key (service)
)
engine=InnoDB row_format=dynamic default character set utf8mb4 collate utf8mb4_bin;
-- QUERY END:

-- QUERY START:
create table if not exists tig_devstate_bindings (
    service varchar(255) not null,
    eid varchar(17) not null,
    account varchar(2049) not null,
    primary key (service, eid)
)
engine=InnoDB row_format=dynamic default character set utf8mb4 collate utf8mb4_bin;
-- QUERY END:

-- QUERY START:
create table if not exists tig_devstate_mailboxes (
    service varchar(255) not null,
    eid varchar(17) not null,
    mailbox varchar(255) not null,
    mailbox_bytes int not null,
    new_messages int not null,
    old_messages int not null,
    account varchar(2049) not null,
    changed_at bigint not null,
    primary key (service, eid, mailbox, mailbox_bytes)
)
engine=InnoDB row_format=dynamic default character set utf8mb4 collate utf8mb4_bin;
-- QUERY END:

-- QUERY START:
create table if not exists tig_devstate_devices (
    service varchar(255) not null,
    eid varchar(17) not null,
    device varchar(255) not null,
    device_bytes int not null,
    account varchar(2049) not null,
    primary key (service, eid, device, device_bytes)
)
engine=InnoDB row_format=dynamic default character set utf8mb4 collate utf8mb4_bin;
-- QUERY END:

-- QUERY START:
create table if not exists tig_devstate_publishers (
    service varchar(255) not null,
    eid varchar(17) not null,
    session_jid varchar(3073) not null,
    primary key (service, eid)
)
engine=InnoDB row_format=dynamic default character set utf8mb4 collate utf8mb4_bin;
-- QUERY END:

-- The address of a session is longer than a key may be in some databases, so its SHA-256 is the key.
-- QUERY START:
create table if not exists tig_devstate_subscriptions (
    service varchar(255) not null,
    session_hash varchar(64) not null,
    node varchar(20) not null,
    session_jid varchar(3073) not null,
    address varchar(2049) not null,
    primary key (service, session_hash, node)
)
engine=InnoDB row_format=dynamic default character set utf8mb4 collate utf8mb4_bin;
-- QUERY END:

-- Which process serves the address now; see README, "One service per database".
-- QUERY START:
create table if not exists tig_devstate_leases (
    service varchar(255) not null,
    holder varchar(36) not null,
    installation varchar(64) not null,
    holder_name varchar(255) not null,
    expires_at timestamp null,
    primary key (service)
)
engine=InnoDB row_format=dynamic default character set utf8mb4 collate utf8mb4_bin;
-- QUERY END:
