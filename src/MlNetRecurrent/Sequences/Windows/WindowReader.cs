using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Sequences.Groups;

namespace MlNetRecurrent.Sequences.Windows;

/// <summary>Takes row after row into the windows of their groups.</summary>
internal sealed partial class WindowReader
{
    private readonly GroupReader<WindowBuffer> _groups;
    private readonly NumberReader[] _readers;
    private readonly int _features;
    private WindowBuffer? _current;

    /// <param name="schema">The transform, bound to the schema of the row.</param>
    /// <param name="row">The row.</param>
    /// <param name="delay">How many rows before the last one a window ends.</param>
    /// <param name="readsNumbers">Whether anybody wants the windows, rather than to know when they are due.</param>
    public WindowReader(WindowSchema schema, DataViewRow row, int delay, bool readsNumbers)
    {
        _features = schema.Features;
        Signature = schema.Signature;
        Func<OrderCheck>? makeOrder = OrderCheck.MakerOf(row, schema.Settings.OrderColumnName);
        _groups = GroupReader<WindowBuffer>.Of(row, schema.Settings.GroupColumnName, () => new(readsNumbers ? _features : 0, schema.Settings.WindowSize, delay, makeOrder?.Invoke()));
        _readers = readsNumbers ? [.. schema.Settings.InputColumnNames.Select(name => NumberReader.Of(row, name))] : [];
    }

    /// <summary>Takes the current row, and says which of its group it is, from 1.</summary>
    public long Take()
    {
        _current = _groups.Current()!;
        _current.LastUse = ++_uses;
        _current.CheckOrder();
        if (_readers.Length == 0)
        {
            _current.Skip();
            return _current.Count;
        }
        Span<float> next = _current.Next();
        foreach (NumberReader reader in _readers)
            next = next[reader.Read(next)..];
        return _current.Count;
    }

    /// <summary>The window beside the row that was taken last.</summary>
    public void CopyTo(ref VBuffer<float> value, int length)
    {
        VBufferEditor<float> editor = VBufferEditor.Create(ref value, length);
        _current!.CopyTo(editor.Values);
        value = editor.Commit();
    }

    /// <summary>Reads a number, or a vector of a known size.</summary>
    private abstract class NumberReader
    {
        public static NumberReader Of(DataViewRow row, string name) => row.Schema[name] is var column && column.Type is VectorDataViewType
            ? new OfVector(row.GetGetter<VBuffer<float>>(column))
            : new OfScalar(row.GetGetter<float>(column));

        /// <summary>Writes the numbers of the current row and says how many they are.</summary>
        public abstract int Read(Span<float> target);

        private sealed class OfScalar(ValueGetter<float> getter) : NumberReader
        {
            public override int Read(Span<float> target)
            {
                getter(ref target[0]);
                return 1;
            }
        }

        private sealed class OfVector(ValueGetter<VBuffer<float>> getter) : NumberReader
        {
            private VBuffer<float> _buffer;

            public override int Read(Span<float> target)
            {
                getter(ref _buffer);
                _buffer.CopyTo(target);
                return _buffer.Length;
            }
        }
    }
}
