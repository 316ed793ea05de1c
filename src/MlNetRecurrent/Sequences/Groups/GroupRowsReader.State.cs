using Microsoft.ML;
using MlNetRecurrent.Sequences.Engines;

namespace MlNetRecurrent.Sequences.Groups;

/// <content>What an engine does with the rows that are remembered.</content>
internal sealed partial class GroupRowsReader : IRowMemory
{
    private long _uses, _useBefore;
    private GroupRows? _taken;

    public string Signature => $"{_schema.Signature}; of these are read: {string.Join(", ", Read().Select(column => column.Name))}";

    public int NumberOfGroups => _groups.Groups().Count();

    private IEnumerable<DataViewSchema.Column> Read() => _schema.Output.Where(column => _columns[column.Index] is not null);

    public void Begin() => _taken = null;

    public void Undo()
    {
        if (_taken is null)
            return;
        _taken.Undo();
        _taken.LastUse = _useBefore;
        if (_taken.Count == 0)
            _groups.UndoNewest();
        _taken = null;
    }

    public void Clear() => _groups.Clear();

    public void RemoveCurrent() => _groups.RemoveCurrent();

    public void KeepLatest(int groups) => _groups.KeepLatest(groups, group => group.LastUse);

    public void Write(BinaryWriter writer) => _groups.Write(writer, group =>
    {
        writer.Write(group.LastUse);
        group.Write(writer);
    });

    public Action Read(BinaryReader reader)
    {
        long uses = 0;
        Action put = _groups.Read(reader, group =>
        {
            group.LastUse = StateValue.ReadUse(reader);
            uses = Math.Max(uses, group.LastUse);
            group.Read(reader);
        });
        Groups.Clear();
        return () =>
        {
            put();
            _uses = uses;
        };
    }
}
