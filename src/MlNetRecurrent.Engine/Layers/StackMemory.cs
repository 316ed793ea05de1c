using System.Numerics;
using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Memory;

namespace MlNetRecurrent.Engine.Layers;

/// <summary>
/// The stacks of all sequences of a batch, after every step or, where steps are not kept, after the last one. Of each only the elements are kept that have been pushed, and that a later step can bring to
/// the top again.
/// </summary>
/// <param name="definition">The stacks.</param>
/// <param name="width">Numbers at a depth: one a stack, padded to whole blocks.</param>
internal sealed unsafe class StackMemory<T>(StackDefinition definition, int width)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What an empty stack reads.</summary>
    public const double Empty = -1;

    /// <summary>Empty elements that lie below those of every stack, as many as a step looks down beyond them.</summary>
    public const int Ground = 2;

    private BatchShape _shape = new();
    private T* _data;
    private bool _keepsSteps;

    /// <summary>The stacks before the first step, where steps are kept.</summary>
    private T* _empty;

    /// <summary>Where the stacks after each step begin.</summary>
    private nint[] _offsets = [];

    /// <summary>The most elements of a stack in the batch.</summary>
    public int Largest => Math.Min(definition.StackSize, _shape.Steps);

    private nint SizeOf(int elements) => (nint)(elements + Ground) * width;

    /// <summary>Takes room for a batch.</summary>
    public void Prepare(BatchShape shape, Arena<T> arena, bool keepsSteps)
    {
        _shape = shape;
        _keepsSteps = keepsSteps;
        if (_offsets.Length < shape.Steps)
            _offsets = new nint[shape.Steps];
        nint size = 0;
        for (int t = 0; t < shape.Steps; t++)
        {
            _offsets[t] = size;
            size += shape.Active[t] * SizeOf(ElementsAfter(t, shape.Steps));
        }
        _data = arena.Take(keepsSteps ? size : shape.Count * SizeOf(Largest));
        _empty = arena.Take(SizeOf(0));
        Clear(_empty);
        for (int sequence = 0; sequence < shape.Count && !keepsSteps; sequence++)
            Clear(After(-1, sequence));
    }

    /// <summary>Elements of the stacks of a sequence after a step; none before the first.</summary>
    public int ElementsAfter(int t, int length)
    {
        int canStillBeRead = definition.Depth + length - 1 - t;
        return Math.Min(Math.Min(t + 1, definition.StackSize), canStillBeRead);
    }

    /// <summary>The stacks of a sequence after a step [elements, width], the top first, and below them the ground. Step -1 is before the first.</summary>
    public T* After(int t, int sequence)
    {
        if (!_keepsSteps)
            return _data + sequence * SizeOf(Largest);
        return t < 0 ? _empty : _data + _offsets[t] + sequence * SizeOf(ElementsAfter(t, _shape.Steps));
    }

    private void Clear(T* stacks) => new Span<T>(stacks, (int)SizeOf(0)).Fill(T.CreateTruncating(Empty));
}
