package dev.byline.platform.framework;

import java.util.ArrayList;
import java.util.List;
import org.hibernate.Session;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.id.enhanced.SequenceStyleGenerator;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.persister.entity.EntityPersister;

/// The table of an entity, as Hibernate maps it, for statements that HQL cannot express. This class can be removed
/// when JPA's metamodel contains the names of columns.
public final class EntityTable {

    /// What all tables call it.
    private static final String ID = "id";

    /// A column, and the attribute of the entity that it stores.
    private record Column(String name, String attribute, boolean isText) {}

    private final EntityPersister entity;

    private EntityTable(EntityPersister entity) {
        this.entity = entity;
    }

    public static EntityTable of(Session session, Class<?> entity) {
        return new EntityTable(session.getSessionFactory()
                .unwrap(SessionFactoryImplementor.class)
                .getMappingMetamodel()
                .getEntityDescriptor(entity));
    }

    public String name() {
        return entity.getIdentifierTableDetails().getTableName();
    }

    /// The sequence that the ids come from.
    public String sequence() {
        return generator().getDatabaseStructure().getPhysicalName().render();
    }

    /// How many ids each value of the sequence stands for: itself, and those that follow it.
    public int idsPerValue() {
        return generator().getDatabaseStructure().getIncrementSize();
    }

    /// A new id, from the block that Hibernate has taken from the sequence, or from what stands for one.
    public long nextId(Session session) {
        return (Long) generator().generate(session.unwrap(SharedSessionContractImplementor.class), null);
    }

    /// Drops the ids up to this one. It is fast where the sequence is beyond: then they end with the current block.
    public void skipIds(Session session, long greatest) {
        long next = nextId(session);
        while (next <= greatest) {
            next = nextId(session);
        }
    }

    private SequenceStyleGenerator generator() {
        return (SequenceStyleGenerator) entity.getGenerator();
    }

    private List<Column> all() {
        var columns = new ArrayList<Column>();
        columns.add(new Column(ID, ID, false));
        entity.forEachAttributeMapping(attribute -> attribute.forEachSelectable((index, column) -> columns.add(
                new Column(column.getSelectionExpression(), attribute.getAttributeName(), isText(column)))));
        return columns;
    }

    /// The names of all columns, the id first.
    public List<String> columns() {
        return all().stream().map(Column::name).toList();
    }

    /// The names of those that store texts.
    public List<String> texts() {
        return all().stream().filter(Column::isText).map(Column::name).toList();
    }

    private static boolean isText(SelectableMapping column) {
        return column.getJdbcMapping().getJdbcType().isString();
    }

    public String column(String attribute) {
        return all().stream()
                .filter(column -> column.attribute.equals(attribute))
                .findFirst()
                .orElseThrow()
                .name;
    }

    /// The values of the {@link #columns} in this row. A reference to another row is its id.
    public List<Object> values(Session session, Object row) {
        var internal = session.unwrap(SharedSessionContractImplementor.class);
        var values = new ArrayList<>();
        values.add(entity.getIdentifier(row, internal));
        entity.forEachAttributeMapping(attribute ->
                attribute.decompose(attribute.getValue(row), (index, value, column) -> values.add(value), internal));
        return values;
    }
}
