package songda.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionTemplate;
import songda.HubTest;

/** What was written to the audit stays, and where somebody gets around that it shows. */
class AuditChainTest extends HubTest {

    @Autowired
    private Audit audit;

    @Autowired
    private AuditChain chain;

    @Autowired
    private TransactionTemplate transaction;

    private long row;

    @BeforeEach
    void three_rows() {
        for (int i = 0; i < 3; i++) {
            audit.write(
                    "desk",
                    "audit.test",
                    null,
                    "试一试，第 " + i + " 条",
                    JsonNodeFactory.instance.objectNode().put("n", i));
        }
        chain.seal();
        row = db.sql("select max(id) - 1 from audit where what = 'audit.test'")
                .query(Long.class)
                .single();
    }

    @Test
    void what_was_sealed_is_whole_and_a_head_is_known_as_long_as_nothing_was_written_anew() {
        ObjectNode found = chain.verify(null);
        assertThat(found.path("broken").asLong()).as(found.toString()).isZero();
        assertThat(found.path("sealed").asLong()).isGreaterThanOrEqualTo(3);
        assertThat(found.path("known").isNull()).isTrue();
        audit.write("desk", "audit.test", null, "又一条", JsonNodeFactory.instance.objectNode());
        chain.seal();
        assertThat(chain.verify(found.path("head").asText()).path("known").asBoolean())
                .isTrue();
        assertThat(chain.verify("f".repeat(64)).path("known").isBoolean()).isTrue();
        assertThat(chain.verify("f".repeat(64)).path("known").asBoolean()).isFalse();
    }

    @Test
    void nobody_changes_it_by_the_way() {
        for (String sql : new String[] {
            "update audit set reason = 'other' where id = " + row,
            "delete from audit where id = " + row,
            "truncate audit",
            "update audit_chain set hash = '' where no = 1",
            "delete from audit_chain",
            "truncate audit_chain"
        }) {
            assertThatThrownBy(() -> db.sql(sql).update())
                    .as(sql)
                    .isInstanceOf(DataAccessException.class)
                    .rootCause()
                    .hasMessageContaining("append-only");
        }
    }

    @Test
    void a_row_that_was_changed_or_taken_away_is_named_and_no_other() {
        assertFound("update audit set reason = 'other' where id = ?", row, "CHANGED");
        assertFound("update audit set at = at + interval '1 second' where id = ?", row, "CHANGED");
        assertFound("update audit set detail = '{}' where id = ?", row, "CHANGED");
        assertFound("delete from audit where id = ?", row, "ROW_MISSING");
    }

    @Test
    void a_link_that_was_taken_away_shows_and_what_was_put_in_between_too() {
        ObjectNode found = after("delete from audit_chain where audit_id = ?");
        assertThat(found.path("findings").findValuesAsText("what")).containsExactly("LINK_MISSING", "CHANGED");
        found = after("update audit_chain set hash = sha256('other') where audit_id = ?");
        assertThat(found.path("findings").findValuesAsText("what")).containsExactly("CHANGED", "CHANGED");
    }

    private void assertFound(String sql, long id, String what) {
        JsonNode findings = after(sql).path("findings");
        assertThat(findings).as(sql + " " + findings).hasSize(1);
        assertThat(findings.get(0).path("id").asLong()).isEqualTo(id);
        assertThat(findings.get(0).path("what").asText()).isEqualTo(what);
    }

    /** As the owner of the tables could do it; undone afterwards. */
    private ObjectNode after(String sql) {
        return transaction.execute(status -> {
            status.setRollbackOnly();
            db.sql("alter table audit disable trigger user").update();
            db.sql("alter table audit_chain disable trigger user").update();
            db.sql(sql).param(row).update();
            return chain.verify(null);
        });
    }

    @Test
    void the_desk_reads_it_page_by_page_and_nobody_else() {
        JsonNode page = get("desk", "/api/v1/audit?limit=2").json();
        assertThat(page.path("rows")).hasSize(2);
        assertThat(page.path("rows").get(0).path("sealed").isBoolean()).isTrue();
        JsonNode next = get(
                        "desk",
                        "/api/v1/audit?limit=2&cursor=" + page.path("next").asText())
                .json();
        assertThat(next.path("rows").get(0).path("id").asLong())
                .isLessThan(page.path("rows").get(1).path("id").asLong());
        assertThat(get("desk", "/api/v1/audit/verification")
                        .json()
                        .path("broken")
                        .asLong())
                .isZero();
        refused(get("zjzwfw", "/api/v1/audit"), 403, "desk-only");
        assertThat(get("desk", "/api/v1/audit/verification?head=xyz").status()).isEqualTo(400);
    }
}
