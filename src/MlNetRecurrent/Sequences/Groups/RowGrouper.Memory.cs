using MlNetRecurrent.Sequences.Engines;

namespace MlNetRecurrent.Sequences.Groups;

/// <content>The rows as the memory of an engine.</content>
internal abstract partial class RowGrouper<TGroup> : IRowMemory
{
    private long _uses, _useBefore;

    /// <summary>The group of the row that was taken last, if it can be taken back.</summary>
    private TGroup? _taken;

    public abstract string Signature { get; }

    public int NumberOfGroups => _groups.Groups().Count(group => group.State.Count > 0);

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
        return () =>
        {
            put();
            _uses = uses;
        };
    }
}
