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
    where T : unmanaged
{
    private BatchShape _shape = new();
    private T* _data;
    private bool _keepsSteps;

    /// <summary>Where the stacks after each step begin.</summary>
    private nint[] _offsets = [];

    /// <summary>The most elements of a stack in the batch.</summary>
    public int Largest => Math.Min(definition.StackSize, _shape.Steps);

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
            size += (nint)shape.Active[t] * ElementsAfter(t, shape.Steps) * width;
        }
        _data = arena.Take(keepsSteps ? size : (nint)shape.Count * Largest * width);
    }

    /// <summary>Elements of the stacks of a sequence after a step; none before the first.</summary>
    public int ElementsAfter(int t, int length)
    {
        int canStillBeRead = definition.Depth + length - 1 - t;
        return Math.Min(Math.Min(t + 1, definition.StackSize), canStillBeRead);
    }

    /// <summary>The stacks of a sequence after a step [elements, width], the top first.</summary>
    public T* After(int t, int sequence)
    {
        if (!_keepsSteps)
            return _data + (nint)sequence * Largest * width;
        return t < 0 ? null : _data + _offsets[t] + (nint)sequence * ElementsAfter(t, _shape.Steps) * width;
    }
}
