PRAGMA application_id=1481265201;
BEGIN TRANSACTION;
CREATE TABLE ab_pair (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	partner_id INTEGER NOT NULL, 
	CONSTRAINT pk_ab_pair PRIMARY KEY (id), 
	CONSTRAINT fk_ab_pair_partner_id FOREIGN KEY(partner_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_ab_pair_person_id FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE absence (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	start TEXT NOT NULL, 
	"end" TEXT, 
	reason TEXT NOT NULL, 
	exempt INTEGER, 
	CONSTRAINT pk_absence PRIMARY KEY (id), 
	CONSTRAINT ck_absence_span CHECK ("end" >= start), 
	CONSTRAINT fk_absence_person_id FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "absence" VALUES(1,3,'病假','2026-11-02','2026-11-06','手术',NULL);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE attendance (
	session_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	group_id INTEGER, 
	expected_by TEXT NOT NULL, 
	mark TEXT, 
	reason TEXT NOT NULL, 
	premarked INTEGER NOT NULL, 
	CONSTRAINT pk_attendance PRIMARY KEY (session_id, person_id), 
	CONSTRAINT fk_attendance_group_id FOREIGN KEY(group_id) REFERENCES "group" (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_attendance_person_id FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_attendance_session_id FOREIGN KEY(session_id) REFERENCES study_session (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID

;
INSERT INTO "attendance" VALUES(1,1,NULL,'2','到','',0);
INSERT INTO "attendance" VALUES(1,2,1,'2','迟到','',0);
INSERT INTO "attendance" VALUES(1,3,2,'2','到','',0);
CREATE TABLE change_set (
	operation_id INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	entity TEXT NOT NULL, 
	columns TEXT NOT NULL, 
	payload BLOB NOT NULL, 
	CONSTRAINT pk_change_set PRIMARY KEY (operation_id, seq), 
	CONSTRAINT fk_change_set_operation_id FOREIGN KEY(operation_id) REFERENCES operation (id)
);
INSERT INTO "change_set" VALUES(1,0,'group','id,name,order,head_id,leader_id',X'5B5B6E756C6C2C5B312C22E58A9EE585ACE5AEA4222C312C6E756C6C2C6E756C6C5D5D2C5B6E756C6C2C5B322C22E7BAAAE6A380E79B91E5AF9FE5AEA4222C322C6E756C6C2C6E756C6C5D5D5D');
INSERT INTO "change_set" VALUES(1,1,'person','id,name,rank,staff_number,role,category,title,joined,left,party_joined,speaks,pinyin,initials,note',X'5B5B6E756C6C2C5B312C22E78E8BE7AB8BE8A880222C312C6E756C6C2C22E983A8E9A286E5AFBC222C22E59CA8E7BC96222C22222C6E756C6C2C6E756C6C2C6E756C6C2C6E756C6C2C22222C22222C22225D5D2C5B6E756C6C2C5B322C22E591A8E6958FE4B98B222C322C2230303032222C22E7BB84E59198222C22E59CA8E7BC96222C22222C22323032302D30312D3036222C6E756C6C2C6E756C6C2C6E756C6C2C22222C22222C22225D5D2C5B6E756C6C2C5B332C22E7BD97E5A989E6B885222C332C2230303033222C22E7BB84E59198222C22E59CA8E7BC96222C22222C6E756C6C2C6E756C6C2C6E756C6C2C6E756C6C2C22222C22222C22225D5D5D');
INSERT INTO "change_set" VALUES(1,2,'membership','id,person_id,group_id,start,end',X'5B5B6E756C6C2C5B312C322C312C6E756C6C2C6E756C6C5D5D2C5B6E756C6C2C5B322C332C322C22323032342D30332D3031222C6E756C6C5D5D5D');
INSERT INTO "change_set" VALUES(1,3,'absence','id,person_id,kind,start,end,reason,exempt',X'5B5B6E756C6C2C5B312C332C22E79785E58187222C22323032362D31312D3032222C22323032362D31312D3036222C22E6898BE69CAF222C6E756C6C5D5D5D');
INSERT INTO "change_set" VALUES(1,4,'mentor_pair','id,mentor_id,mentee_id,kind,start,end',X'5B5B6E756C6C2C5B312C322C332C22E88081E5B8A6E696B0222C6E756C6C2C6E756C6C5D5D5D');
INSERT INTO "change_set" VALUES(2,0,'study_session','id,day,start,end,theme,venue,form,lead_id,lead_name,host_id,host_name,recorder_id,recorder_name,status,status_reason,moved_from,archived,waiver,series_id,occurrence,excepted,talk_places,hours,materials,agenda,speeches,decisions,note,expected_total,present_total,leave_total',X'5B5B6E756C6C2C5B312C22323032362D31312D3138222C2231353A3030222C2231363A3330222C22E585ACE69687E58699E4BD9C222C22E4B889E6A5BCE4BC9AE8AEAEE5AEA4222C6E756C6C2C6E756C6C2C22222C6E756C6C2C22222C6E756C6C2C22222C2268656C64222C22222C6E756C6C2C302C22222C6E756C6C2C6E756C6C2C302C312C6E756C6C2C22222C22222C22222C22222C22222C6E756C6C2C6E756C6C2C6E756C6C5D5D2C5B6E756C6C2C5B322C22323032362D31312D3235222C2231353A3030222C2231363A3330222C22222C22E4B889E6A5BCE4BC9AE8AEAEE5AEA4222C6E756C6C2C6E756C6C2C22222C6E756C6C2C22222C6E756C6C2C22222C22706C616E6E6564222C22222C6E756C6C2C302C22222C6E756C6C2C6E756C6C2C302C322C6E756C6C2C22222C22222C22222C22222C22222C6E756C6C2C6E756C6C2C6E756C6C5D5D5D');
INSERT INTO "change_set" VALUES(2,1,'session_kind_link','session_id,kind_id,ordinal',X'5B5B6E756C6C2C5B312C322C33395D5D2C5B6E756C6C2C5B322C322C6E756C6C5D5D5D');
INSERT INTO "change_set" VALUES(2,2,'study_plan_item','id,kind_id,theme,day,week,form,lead_id,lead_name,venue,session_id',X'5B5B6E756C6C2C5B312C322C22E585ACE69687E58699E4BD9C222C22323032362D31312D3138222C6E756C6C2C6E756C6C2C6E756C6C2C22222C22222C315D5D5D');
INSERT INTO "change_set" VALUES(2,3,'talk','id,session_id,place,speaker_id,guest,title,category,mentor_id,group_id,round,pinned,planned_id,reasons',X'5B5B6E756C6C2C5B312C312C312C332C22222C22E6808EE6A0B7E58699E5A5BDE4B880E4BBBDE9809AE79FA5222C22E4B89AE58AA1E79FA5E8AF86222C322C322C312C302C6E756C6C2C22225D5D2C5B6E756C6C2C5B322C322C312C322C22222C22222C6E756C6C2C6E756C6C2C312C312C312C6E756C6C2C22225D5D5D');
INSERT INTO "change_set" VALUES(3,0,'attendance','session_id,person_id,group_id,expected_by,mark,reason,premarked',X'5B5B6E756C6C2C5B312C312C6E756C6C2C2232222C22E588B0222C22222C305D5D2C5B6E756C6C2C5B312C322C312C2232222C22E8BF9FE588B0222C22222C305D5D2C5B6E756C6C2C5B312C332C322C2232222C22E588B0222C22222C305D5D5D');
INSERT INTO "change_set" VALUES(3,1,'comment','id,session_id,leader_id,text,talk_id,group_id',X'5B5B6E756C6C2C5B312C312C312C22E8AEB2E5BE97E6B885E6A59AE38082222C312C6E756C6C5D5D5D');
INSERT INTO "change_set" VALUES(3,2,'reflection','id,session_id,person_id,kind,text,talk_id,written',X'5B5B6E756C6C2C5B312C312C322C22E5BF83E5BE97222C22E6A0BCE5BC8FE58588E8A18CE38082222C312C315D5D5D');
INSERT INTO "change_set" VALUES(4,0,'study_session','id,day,start,end,theme,venue,form,lead_id,lead_name,host_id,host_name,recorder_id,recorder_name,status,status_reason,moved_from,archived,waiver,series_id,occurrence,excepted,talk_places,hours,materials,agenda,speeches,decisions,note,expected_total,present_total,leave_total',X'5B5B5B322C22323032362D31312D3235222C2231353A3030222C2231363A3330222C22222C22E4B889E6A5BCE4BC9AE8AEAEE5AEA4222C6E756C6C2C6E756C6C2C22222C6E756C6C2C22222C6E756C6C2C22222C22706C616E6E6564222C22222C6E756C6C2C302C22222C6E756C6C2C6E756C6C2C302C322C6E756C6C2C22222C22222C22222C22222C22222C6E756C6C2C6E756C6C2C6E756C6C5D2C5B322C22323032362D31312D3235222C2231353A3030222C2231363A3330222C22222C22E4B880E6A5BCE68AA5E5918AE58E85222C6E756C6C2C6E756C6C2C22222C6E756C6C2C22222C6E756C6C2C22222C22706C616E6E6564222C22222C6E756C6C2C302C22222C6E756C6C2C6E756C6C2C302C322C6E756C6C2C22222C22222C22222C22222C22222C6E756C6C2C6E756C6C2C6E756C6C5D5D5D');
INSERT INTO "change_set" VALUES(5,0,'study_session','id,day,start,end,theme,venue,form,lead_id,lead_name,host_id,host_name,recorder_id,recorder_name,status,status_reason,moved_from,archived,waiver,series_id,occurrence,excepted,talk_places,hours,materials,agenda,speeches,decisions,note,expected_total,present_total,leave_total',X'5B5B5B322C22323032362D31312D3235222C2231353A3030222C2231363A3330222C22222C22E4B880E6A5BCE68AA5E5918AE58E85222C6E756C6C2C6E756C6C2C22222C6E756C6C2C22222C6E756C6C2C22222C22706C616E6E6564222C22222C6E756C6C2C302C22222C6E756C6C2C6E756C6C2C302C322C6E756C6C2C22222C22222C22222C22222C22222C6E756C6C2C6E756C6C2C6E756C6C5D2C5B322C22323032362D31312D3235222C2231353A3030222C2231363A3330222C22222C22E4B889E6A5BCE4BC9AE8AEAEE5AEA4222C6E756C6C2C6E756C6C2C22222C6E756C6C2C22222C6E756C6C2C22222C22706C616E6E6564222C22222C6E756C6C2C302C22222C6E756C6C2C6E756C6C2C302C322C6E756C6C2C22222C22222C22222C22222C22222C6E756C6C2C6E756C6C2C6E756C6C5D5D5D');
INSERT INTO "change_set" VALUES(6,0,'study_session','id,day,start,end,theme,venue,form,lead_id,lead_name,host_id,host_name,recorder_id,recorder_name,status,status_reason,moved_from,archived,waiver,series_id,occurrence,excepted,talk_places,hours,materials,agenda,speeches,decisions,note,expected_total,present_total,leave_total',X'5B5B5B322C22323032362D31312D3235222C2231353A3030222C2231363A3330222C22222C22E4B889E6A5BCE4BC9AE8AEAEE5AEA4222C6E756C6C2C6E756C6C2C22222C6E756C6C2C22222C6E756C6C2C22222C22706C616E6E6564222C22222C6E756C6C2C302C22222C6E756C6C2C6E756C6C2C302C322C6E756C6C2C22222C22222C22222C22222C22222C6E756C6C2C6E756C6C2C6E756C6C5D2C5B322C22323032362D31312D3235222C2231353A3030222C2231363A3330222C22222C22E4B880E6A5BCE68AA5E5918AE58E85222C6E756C6C2C6E756C6C2C22222C6E756C6C2C22222C6E756C6C2C22222C22706C616E6E6564222C22222C6E756C6C2C302C22222C6E756C6C2C6E756C6C2C302C322C6E756C6C2C22222C22222C22222C22222C22222C6E756C6C2C6E756C6C2C6E756C6C5D5D5D');
CREATE TABLE comment (
	id INTEGER NOT NULL, 
	session_id INTEGER NOT NULL, 
	leader_id INTEGER, 
	text TEXT NOT NULL, 
	talk_id INTEGER, 
	group_id INTEGER, 
	CONSTRAINT pk_comment PRIMARY KEY (id), 
	CONSTRAINT fk_comment_group_id FOREIGN KEY(group_id) REFERENCES "group" (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_comment_leader_id FOREIGN KEY(leader_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_comment_session_id FOREIGN KEY(session_id) REFERENCES study_session (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_comment_talk_id FOREIGN KEY(talk_id) REFERENCES talk (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "comment" VALUES(1,1,1,'讲得清楚。',1,NULL);
CREATE TABLE "group" (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	"order" INTEGER NOT NULL, 
	head_id INTEGER, 
	leader_id INTEGER, 
	CONSTRAINT pk_group PRIMARY KEY (id), 
	CONSTRAINT fk_group_head_id FOREIGN KEY(head_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_group_leader_id FOREIGN KEY(leader_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "group" VALUES(1,'办公室',1,NULL,NULL);
INSERT INTO "group" VALUES(2,'纪检监察室',2,NULL,NULL);
CREATE TABLE group_tally (
	group_id INTEGER NOT NULL, 
	quarter TEXT NOT NULL, 
	held INTEGER NOT NULL, 
	present INTEGER NOT NULL, 
	late INTEGER NOT NULL, 
	left_early INTEGER NOT NULL, 
	leave INTEGER NOT NULL, 
	official INTEGER NOT NULL, 
	absent INTEGER NOT NULL, 
	unmarked INTEGER NOT NULL, 
	rated_came INTEGER NOT NULL, 
	rated_expected INTEGER NOT NULL, 
	CONSTRAINT pk_group_tally PRIMARY KEY (group_id, quarter)
)
 WITHOUT ROWID

;
INSERT INTO "group_tally" VALUES(0,'2026Q4',1,1,0,0,0,0,0,0,1,1);
INSERT INTO "group_tally" VALUES(1,'2026Q4',1,0,1,0,0,0,0,0,1,1);
INSERT INTO "group_tally" VALUES(2,'2026Q4',1,1,0,0,0,0,0,0,1,1);
CREATE TABLE holiday_day (
	day TEXT NOT NULL, 
	working INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT pk_holiday_day PRIMARY KEY (day)
);
CREATE TABLE id_counter (
	entity TEXT NOT NULL, 
	next INTEGER NOT NULL, 
	CONSTRAINT pk_id_counter PRIMARY KEY (entity)
);
INSERT INTO "id_counter" VALUES('session_kind',101);
INSERT INTO "id_counter" VALUES('group',3);
INSERT INTO "id_counter" VALUES('person',4);
INSERT INTO "id_counter" VALUES('membership',3);
INSERT INTO "id_counter" VALUES('absence',2);
INSERT INTO "id_counter" VALUES('mentor_pair',2);
INSERT INTO "id_counter" VALUES('study_session',3);
INSERT INTO "id_counter" VALUES('study_plan_item',2);
INSERT INTO "id_counter" VALUES('talk',3);
INSERT INTO "id_counter" VALUES('comment',2);
INSERT INTO "id_counter" VALUES('reflection',2);
CREATE TABLE membership (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	start TEXT, 
	"end" TEXT, 
	CONSTRAINT pk_membership PRIMARY KEY (id), 
	CONSTRAINT ck_membership_span CHECK ("end" >= start), 
	CONSTRAINT fk_membership_group_id FOREIGN KEY(group_id) REFERENCES "group" (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_membership_person_id FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "membership" VALUES(1,2,1,NULL,NULL);
INSERT INTO "membership" VALUES(2,3,2,'2024-03-01',NULL);
CREATE TABLE mentor_pair (
	id INTEGER NOT NULL, 
	mentor_id INTEGER NOT NULL, 
	mentee_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	start TEXT, 
	"end" TEXT, 
	CONSTRAINT pk_mentor_pair PRIMARY KEY (id), 
	CONSTRAINT ck_mentor_pair_span CHECK ("end" >= start), 
	CONSTRAINT fk_mentor_pair_mentee_id FOREIGN KEY(mentee_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_mentor_pair_mentor_id FOREIGN KEY(mentor_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "mentor_pair" VALUES(1,2,3,'老带新',NULL,NULL);
CREATE TABLE opening_figure (
	kind_id INTEGER NOT NULL, 
	year INTEGER NOT NULL, 
	count INTEGER NOT NULL, 
	CONSTRAINT pk_opening_figure PRIMARY KEY (kind_id, year), 
	CONSTRAINT ck_opening_figure_count CHECK (count >= 0), 
	CONSTRAINT fk_opening_figure_kind_id FOREIGN KEY(kind_id) REFERENCES session_kind (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE operation (
	id INTEGER NOT NULL, 
	label TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	at TEXT NOT NULL, 
	revision TEXT NOT NULL, 
	reverts INTEGER, 
	changes INTEGER NOT NULL, 
	CONSTRAINT pk_operation PRIMARY KEY (id), 
	CONSTRAINT fk_operation_reverts FOREIGN KEY(reverts) REFERENCES operation (id)
);
INSERT INTO "operation" VALUES(1,'导入花名册','文书','2026-11-25T09:00:00','0001',NULL,9);
INSERT INTO "operation" VALUES(2,'录入场次','文书','2026-11-25T09:00:00','0001',NULL,7);
INSERT INTO "operation" VALUES(3,'签到','文书','2026-11-25T09:00:00','0001',NULL,5);
INSERT INTO "operation" VALUES(4,'修改 2026-11-25 每周一讲：地点改为一楼报告厅','文书','2026-11-25T09:00:00','0001',NULL,1);
INSERT INTO "operation" VALUES(5,'撤销：修改 2026-11-25 每周一讲：地点改为一楼报告厅','文书','2026-11-25T09:00:00','0001',4,1);
INSERT INTO "operation" VALUES(6,'恢复：修改 2026-11-25 每周一讲：地点改为一楼报告厅','文书','2026-11-25T09:00:00','0001',5,1);
CREATE TABLE person (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	rank INTEGER NOT NULL, 
	staff_number TEXT, 
	role TEXT NOT NULL, 
	category TEXT NOT NULL, 
	title TEXT NOT NULL, 
	joined TEXT, 
	"left" TEXT, 
	party_joined TEXT, 
	speaks INTEGER, 
	pinyin TEXT NOT NULL, 
	initials TEXT NOT NULL, 
	note TEXT NOT NULL, 
	CONSTRAINT pk_person PRIMARY KEY (id), 
	CONSTRAINT uq_person_staff_number UNIQUE (staff_number)
);
INSERT INTO "person" VALUES(1,'王立言',1,NULL,'部领导','在编','',NULL,NULL,NULL,NULL,'','','');
INSERT INTO "person" VALUES(2,'周敏之',2,'0002','组员','在编','','2020-01-06',NULL,NULL,NULL,'','','');
INSERT INTO "person" VALUES(3,'罗婉清',3,'0003','组员','在编','',NULL,NULL,NULL,NULL,'','','');
CREATE TABLE person_tally (
	person_id INTEGER NOT NULL, 
	quarter TEXT NOT NULL, 
	present INTEGER NOT NULL, 
	late INTEGER NOT NULL, 
	left_early INTEGER NOT NULL, 
	leave INTEGER NOT NULL, 
	official INTEGER NOT NULL, 
	absent INTEGER NOT NULL, 
	unmarked INTEGER NOT NULL, 
	CONSTRAINT pk_person_tally PRIMARY KEY (person_id, quarter)
)
 WITHOUT ROWID

;
INSERT INTO "person_tally" VALUES(1,'2026Q4',1,0,0,0,0,0,0);
INSERT INTO "person_tally" VALUES(2,'2026Q4',0,1,0,0,0,0,0);
INSERT INTO "person_tally" VALUES(3,'2026Q4',1,0,0,0,0,0,0);
CREATE TABLE reflection (
	id INTEGER NOT NULL, 
	session_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	text TEXT NOT NULL, 
	talk_id INTEGER, 
	written INTEGER NOT NULL, 
	CONSTRAINT pk_reflection PRIMARY KEY (id), 
	CONSTRAINT fk_reflection_person_id FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_reflection_session_id FOREIGN KEY(session_id) REFERENCES study_session (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_reflection_talk_id FOREIGN KEY(talk_id) REFERENCES talk (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "reflection" VALUES(1,1,2,'心得','格式先行。',1,1);
CREATE TABLE series (
	id INTEGER NOT NULL, 
	kind_ids TEXT NOT NULL, 
	rrule TEXT NOT NULL, 
	start TEXT NOT NULL, 
	minutes INTEGER NOT NULL, 
	until TEXT NOT NULL, 
	holiday TEXT NOT NULL, 
	venue TEXT NOT NULL, 
	talk_places INTEGER NOT NULL, 
	CONSTRAINT pk_series PRIMARY KEY (id), 
	CONSTRAINT ck_series_minutes CHECK (minutes >= 0)
);
CREATE TABLE session_kind (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	"order" INTEGER NOT NULL, 
	family TEXT NOT NULL, 
	audience TEXT NOT NULL, 
	closing TEXT NOT NULL, 
	hours FLOAT, 
	retired INTEGER NOT NULL, 
	CONSTRAINT pk_session_kind PRIMARY KEY (id)
);
INSERT INTO "session_kind" VALUES(1,'每周一学',1,'学讲评','{}','["sign_in","theme","form","lead"]',NULL,0);
INSERT INTO "session_kind" VALUES(2,'每周一讲',2,'学讲评','{}','["sign_in","talks","comments","reflections"]',NULL,0);
INSERT INTO "session_kind" VALUES(3,'每周一评',3,'学讲评','{"roles":["部领导","组长"]}','["sign_in","reports"]',NULL,0);
INSERT INTO "session_kind" VALUES(4,'部务会',4,'五学','{"roles":["部领导"]}','["sign_in","theme"]',NULL,0);
INSERT INTO "session_kind" VALUES(5,'理论学习中心组学习',5,'五学','{"roles":["部领导"]}','["sign_in","theme"]',NULL,0);
INSERT INTO "session_kind" VALUES(6,'每周晨会',6,'五学','{}','["sign_in","theme"]',NULL,0);
INSERT INTO "session_kind" VALUES(7,'组工讲坛',7,'五学','{}','["sign_in","theme"]',NULL,0);
INSERT INTO "session_kind" VALUES(8,'专题研讨',8,'五学','{}','["sign_in","theme"]',NULL,0);
INSERT INTO "session_kind" VALUES(9,'支部党员大会',9,'三会一课','{"party_only":true}','["sign_in","theme"]',NULL,0);
INSERT INTO "session_kind" VALUES(10,'支委会',10,'三会一课','{"party_only":true}','["sign_in","theme"]',NULL,0);
INSERT INTO "session_kind" VALUES(11,'党小组会',11,'三会一课','{"party_only":true}','["sign_in","theme"]',NULL,0);
INSERT INTO "session_kind" VALUES(12,'党课',12,'三会一课','{"party_only":true}','["sign_in","theme"]',NULL,0);
INSERT INTO "session_kind" VALUES(13,'组织生活会',13,'组织生活','{"party_only":true}','["sign_in","theme"]',NULL,0);
INSERT INTO "session_kind" VALUES(14,'主题党日',14,'组织生活','{"party_only":true}','["sign_in","theme"]',NULL,0);
INSERT INTO "session_kind" VALUES(15,'政治生日',15,'组织生活','{"party_only":true}','["sign_in","theme"]',NULL,0);
INSERT INTO "session_kind" VALUES(16,'警示教育',16,'其他活动','{}','["sign_in","theme"]',NULL,0);
INSERT INTO "session_kind" VALUES(17,'业务比武/岗位练兵',17,'其他活动','{}','["sign_in","theme"]',NULL,0);
INSERT INTO "session_kind" VALUES(18,'志愿服务',18,'其他活动','{}','["sign_in","theme"]',NULL,0);
CREATE TABLE session_kind_link (
	session_id INTEGER NOT NULL, 
	kind_id INTEGER NOT NULL, 
	ordinal INTEGER, 
	CONSTRAINT pk_session_kind_link PRIMARY KEY (session_id, kind_id), 
	CONSTRAINT fk_session_kind_link_kind_id FOREIGN KEY(kind_id) REFERENCES session_kind (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_session_kind_link_session_id FOREIGN KEY(session_id) REFERENCES study_session (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID

;
INSERT INTO "session_kind_link" VALUES(1,2,39);
INSERT INTO "session_kind_link" VALUES(2,2,NULL);
CREATE TABLE session_tally (
	session_id INTEGER NOT NULL, 
	expected_by TEXT NOT NULL, 
	present INTEGER NOT NULL, 
	late INTEGER NOT NULL, 
	left_early INTEGER NOT NULL, 
	leave INTEGER NOT NULL, 
	official INTEGER NOT NULL, 
	absent INTEGER NOT NULL, 
	unmarked INTEGER NOT NULL, 
	CONSTRAINT pk_session_tally PRIMARY KEY (session_id, expected_by)
)
 WITHOUT ROWID

;
INSERT INTO "session_tally" VALUES(1,'2',2,1,0,0,0,0,0);
CREATE TABLE setting (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY ("key")
);
CREATE TABLE study_plan_item (
	id INTEGER NOT NULL, 
	kind_id INTEGER NOT NULL, 
	theme TEXT NOT NULL, 
	day TEXT, 
	week TEXT, 
	form TEXT, 
	lead_id INTEGER, 
	lead_name TEXT NOT NULL, 
	venue TEXT NOT NULL, 
	session_id INTEGER, 
	CONSTRAINT pk_study_plan_item PRIMARY KEY (id), 
	CONSTRAINT fk_study_plan_item_kind_id FOREIGN KEY(kind_id) REFERENCES session_kind (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_study_plan_item_lead_id FOREIGN KEY(lead_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_study_plan_item_session_id FOREIGN KEY(session_id) REFERENCES study_session (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "study_plan_item" VALUES(1,2,'公文写作','2026-11-18',NULL,NULL,NULL,'','',1);
CREATE TABLE study_session (
	id INTEGER NOT NULL, 
	day TEXT NOT NULL, 
	start TEXT NOT NULL, 
	"end" TEXT NOT NULL, 
	theme TEXT NOT NULL, 
	venue TEXT NOT NULL, 
	form TEXT, 
	lead_id INTEGER, 
	lead_name TEXT NOT NULL, 
	host_id INTEGER, 
	host_name TEXT NOT NULL, 
	recorder_id INTEGER, 
	recorder_name TEXT NOT NULL, 
	status TEXT NOT NULL, 
	status_reason TEXT NOT NULL, 
	moved_from TEXT, 
	archived INTEGER NOT NULL, 
	waiver TEXT NOT NULL, 
	series_id INTEGER, 
	occurrence TEXT, 
	excepted INTEGER NOT NULL, 
	talk_places INTEGER NOT NULL, 
	hours FLOAT, 
	materials TEXT NOT NULL, 
	agenda TEXT NOT NULL, 
	speeches TEXT NOT NULL, 
	decisions TEXT NOT NULL, 
	note TEXT NOT NULL, 
	expected_total INTEGER, 
	present_total INTEGER, 
	leave_total INTEGER, 
	CONSTRAINT pk_study_session PRIMARY KEY (id), 
	CONSTRAINT ck_study_session_span CHECK ("end" >= start), 
	CONSTRAINT fk_study_session_host_id FOREIGN KEY(host_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_study_session_lead_id FOREIGN KEY(lead_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_study_session_recorder_id FOREIGN KEY(recorder_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_study_session_series_id FOREIGN KEY(series_id) REFERENCES series (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "study_session" VALUES(1,'2026-11-18','15:00','16:30','公文写作','三楼会议室',NULL,NULL,'',NULL,'',NULL,'','held','',NULL,0,'',NULL,NULL,0,1,NULL,'','','','','',NULL,NULL,NULL);
INSERT INTO "study_session" VALUES(2,'2026-11-25','15:00','16:30','','一楼报告厅',NULL,NULL,'',NULL,'',NULL,'','planned','',NULL,0,'',NULL,NULL,0,2,NULL,'','','','','',NULL,NULL,NULL);
CREATE TABLE talk (
	id INTEGER NOT NULL, 
	session_id INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	speaker_id INTEGER, 
	guest TEXT NOT NULL, 
	title TEXT NOT NULL, 
	category TEXT, 
	mentor_id INTEGER, 
	group_id INTEGER, 
	round INTEGER, 
	pinned INTEGER NOT NULL, 
	planned_id INTEGER, 
	reasons TEXT NOT NULL, 
	CONSTRAINT pk_talk PRIMARY KEY (id), 
	CONSTRAINT ck_talk_place CHECK (place >= 1), 
	CONSTRAINT fk_talk_group_id FOREIGN KEY(group_id) REFERENCES "group" (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_talk_mentor_id FOREIGN KEY(mentor_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_talk_planned_id FOREIGN KEY(planned_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_talk_session_id FOREIGN KEY(session_id) REFERENCES study_session (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_talk_speaker_id FOREIGN KEY(speaker_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "talk" VALUES(1,1,1,3,'','怎样写好一份通知','业务知识',2,2,1,0,NULL,'');
INSERT INTO "talk" VALUES(2,2,1,2,'','',NULL,NULL,1,1,1,NULL,'');
CREATE TABLE unit (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	short_name TEXT NOT NULL, 
	head_line TEXT NOT NULL, 
	distribution TEXT NOT NULL, 
	CONSTRAINT pk_unit PRIMARY KEY (id)
);
CREATE INDEX ix_operation_reverts ON operation (reverts);
CREATE INDEX ix_group_head_id ON "group" (head_id);
CREATE INDEX ix_group_leader_id ON "group" (leader_id);
CREATE INDEX ix_membership_group_id ON membership (group_id);
CREATE INDEX ix_membership_person_id ON membership (person_id);
CREATE INDEX ix_absence_person_id ON absence (person_id);
CREATE INDEX ix_mentor_pair_mentee_id ON mentor_pair (mentee_id);
CREATE INDEX ix_mentor_pair_mentor_id ON mentor_pair (mentor_id);
CREATE INDEX ix_ab_pair_partner_id ON ab_pair (partner_id);
CREATE INDEX ix_ab_pair_person_id ON ab_pair (person_id);
CREATE INDEX ix_study_session_day_start ON study_session (day, start);
CREATE INDEX ix_study_session_host_id ON study_session (host_id);
CREATE INDEX ix_study_session_lead_id ON study_session (lead_id);
CREATE INDEX ix_study_session_recorder_id ON study_session (recorder_id);
CREATE INDEX ix_study_session_series_id ON study_session (series_id);
CREATE INDEX ix_session_kind_link_kind_id ON session_kind_link (kind_id);
CREATE INDEX ix_study_plan_item_kind_id ON study_plan_item (kind_id);
CREATE INDEX ix_study_plan_item_lead_id ON study_plan_item (lead_id);
CREATE INDEX ix_study_plan_item_session_id ON study_plan_item (session_id);
CREATE INDEX ix_talk_group_id ON talk (group_id);
CREATE INDEX ix_talk_mentor_id ON talk (mentor_id);
CREATE INDEX ix_talk_planned_id ON talk (planned_id);
CREATE INDEX ix_talk_session_id ON talk (session_id);
CREATE INDEX ix_talk_speaker_id ON talk (speaker_id);
CREATE INDEX ix_comment_group_id ON comment (group_id);
CREATE INDEX ix_comment_leader_id ON comment (leader_id);
CREATE INDEX ix_comment_session_id ON comment (session_id);
CREATE INDEX ix_comment_talk_id ON comment (talk_id);
CREATE INDEX ix_reflection_person_id ON reflection (person_id);
CREATE INDEX ix_reflection_session_id ON reflection (session_id);
CREATE INDEX ix_reflection_talk_id ON reflection (talk_id);
CREATE INDEX ix_attendance_person_id ON attendance (person_id);
COMMIT;
