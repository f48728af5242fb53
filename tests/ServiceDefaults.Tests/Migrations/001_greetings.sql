create table greetings (text text);
insert into voice.greetings values ('hello');
