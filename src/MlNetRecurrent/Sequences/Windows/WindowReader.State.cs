using MlNetRecurrent.Sequences.Engines;

namespace MlNetRecurrent.Sequences.Windows;

/// <content>What an engine does with the rows that are remembered.</content>
internal sealed partial class WindowReader : IRowMemory
{
    private long _uses, _useBefore;
    private bool _canUndo;

    public string Signature { get; }

    public int NumberOfGroups => _groups.Groups().Count(group => group.State.Count > 0);

    /// <summary>The groups so far and their rows; the key is null where all rows are one group.</summary>
    public IEnumerable<(object? Key, long Rows)> Groups => _groups.Groups().Select(group => (group.Key, group.State.Count));

    public void Begin() => _canUndo = false;

    public void Undo()
    {
        if (!_canUndo)
            return;
        _canUndo = false;
        _current!.Undo();
        _current.LastUse = _useBefore;
        if (_current.Count == 0)
            _groups.UndoNewest();
        _current = null;
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
