using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Sequences.Groups;
using MlNetRecurrent.Sequences.Orders;

namespace MlNetRecurrent.Sequences.Windows;

/// <summary>Takes row after row into the windows of their groups.</summary>
internal sealed partial class WindowReader
{
    private readonly OrderReader? _order;
    private readonly GroupReader<WindowBuffer> _groups;
    private readonly NumberReader[] _readers;
    private readonly float[] _numbers;
    private readonly MissingRows _withoutGroup, _withoutOrder;
    private WindowBuffer? _current;

    /// <param name="schema">The transform, bound to the schema of the row.</param>
    /// <param name="row">The row.</param>
    /// <param name="delay">How many rows before the last one a window ends.</param>
    /// <param name="readsNumbers">Whether anybody wants the windows, rather than to know when they are due.</param>
    /// <param name="withoutGroup">The rows without a group; null where they are refused in any case.</param>
    /// <param name="withoutOrder">The rows without an order; null where they are refused in any case.</param>
    public WindowReader(
        WindowSchema schema, DataViewRow row, int delay, bool readsNumbers, MissingRows? withoutGroup = null, MissingRows? withoutOrder = null)
    {
        int features = readsNumbers ? schema.Features : 0;
        Signature = schema.Signature;
        _numbers = new float[features];
        _order = OrderReader.Of(row, schema.Settings.Order);
        _groups = GroupReader<WindowBuffer>.Of(
            row, schema.Settings.GroupColumnName, () => new(features, schema.Settings.WindowSize, delay, _order?.MakeCheck()));
        _groups.CanUndo = true;
        _readers = readsNumbers ? [.. schema.Settings.InputColumnNames.Select(name => NumberReader.Of(row, name))] : [];
        _withoutGroup = withoutGroup ?? new(drop: false);
        _withoutOrder = withoutOrder ?? new(drop: false);
    }

    /// <summary>
    /// Takes the current row, and says which of its group it is, from 1, or 0 where it is left out. All of the row is read before its group
    /// changes.
    /// </summary>
    /// <exception cref="InvalidOperationException">The row cannot be taken. No group has changed.</exception>
    public long Take()
    {
        _current = null;
        if (_order?.Read() == false)
        {
            _withoutOrder.Add(_order.Missing);
            return 0;
        }
        Span<float> rest = _numbers;
        foreach (NumberReader reader in _readers)
            rest = rest[reader.Read(rest)..];
        if (_groups.Current() is not { } group)
        {
            _withoutGroup.Add(_groups.Missing);
            return 0;
        }
        if (group.FindFault() is { } fault)
            throw fault.In(_groups.Name()());
        if (_readers.Length == 0)
            group.Skip();
        else
            _numbers.CopyTo(group.Next());
        _useBefore = group.LastUse;
        group.LastUse = ++_uses;
        _canUndo = true;
        _current = group;
        return group.Count;
    }

    /// <summary>The window beside the row that was taken last.</summary>
    public void CopyTo(ref VBuffer<float> value, int length)
    {
        VBufferEditor<float> editor = VBufferEditor.Create(ref value, length);
        _current!.CopyTo(editor.Values);
        value = editor.Commit();
    }
}
