-- tigase-devstate: what outlives a restart of the service. Loaded by the schema tool of Tigase; loading it again changes nothing.
-- Each row belongs to a service address, such as pubsub.example.net. A mailbox has its length in bytes of UTF-8 in its key, as
-- for some databases names are equal that differ in blanks at their end.

-- QUERY START:
create table tig_devstate_policies (
    service varchar(255) not null,
    policy_text clob(16M) not null,
    primary key (service)
);
-- QUERY END:

-- QUERY START:
create table tig_devstate_bindings (
    service varchar(255) not null,
    eid varchar(17) not null,
    account varchar(2049) not null,
    primary key (service, eid)
);
-- QUERY END:

-- QUERY START:
create table tig_devstate_mailboxes (
    service varchar(255) not null,
    eid varchar(17) not null,
    mailbox varchar(255) not null,
    mailbox_bytes int not null,
    new_messages int not null,
    old_messages int not null,
    account varchar(2049) not null,
    changed_at bigint not null,
    primary key (service, eid, mailbox, mailbox_bytes)
);
-- QUERY END:
