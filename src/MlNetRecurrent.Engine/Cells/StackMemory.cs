using System.Numerics;
using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Memory;

namespace MlNetRecurrent.Engine.Cells;

/// <summary>
/// The stacks of all sequences of a batch as they stand, and, where steps are kept, as they stood at the beginning of every few steps, from
/// which those between are computed again on the way back: they would take too long to write and read. Of each only the elements are kept
/// that have been pushed, and that a later step can bring to the top again.
/// </summary>
/// <param name="definition">The stacks.</param>
/// <param name="width">Numbers at a depth: one a stack, padded to whole blocks.</param>
internal sealed unsafe class StackMemory<T>(StackShape definition, int width)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What an empty stack reads.</summary>
    public const double Empty = -1;

    /// <summary>Empty elements that lie below those of every stack, as many as a step looks down beyond them.</summary>
    public const int Ground = 2;

    /// <summary>Steps of a segment.</summary>
    private const int Segment = 8;

    private BatchShape _shape = BatchShape.Empty;
    private bool _keepsSteps;
    private T* _current, _saved, _replayed;

    /// <summary>Where the stacks at the beginning of each segment begin in <see cref="_saved"/>.</summary>
    private nint[] _offsets = [];

    /// <summary>The most elements of a stack in the batch.</summary>
    public int Largest => Math.Min(definition.StackSize, _shape.Steps);

    /// <summary>Takes room for a batch, whose stacks are empty.</summary>
    public void Prepare(BatchShape shape, Arena<T> arena, bool keepsSteps)
    {
        _shape = shape;
        _keepsSteps = keepsSteps;
        _current = arena.Take(shape.Count * SizeOf(Largest));
        for (int sequence = 0; sequence < shape.Count; sequence++)
            new Span<T>(Current(sequence), (int)SizeOf(0)).Fill(T.CreateTruncating(Empty));
        if (!keepsSteps)
            return;
        int segments = (shape.Steps + Segment - 1) / Segment;
        if (_offsets.Length < segments)
            _offsets = new nint[segments];
        nint size = 0;
        for (int segment = 0; segment < segments; segment++)
        {
            _offsets[segment] = size;
            size += shape.Active[segment * Segment] * SizeOf(ElementsBefore(segment * Segment, shape.Steps));
        }
        _saved = arena.Take(size);
        _replayed = arena.Take(shape.Count * Segment * SizeOf(Largest));
    }

    /// <summary>Elements of the stacks of a sequence after a step. Nobody reads them after the last one.</summary>
    public int ElementsAfter(int t, int length)
    {
        int canStillBeRead = definition.Depth + length - 2 - t;
        return Math.Min(Math.Min(t + 1, definition.StackSize), canStillBeRead);
    }

    /// <summary>Elements of the stacks of a sequence before a step.</summary>
    public int ElementsBefore(int t, int length) => t == 0 ? 0 : ElementsAfter(t - 1, length);

    /// <summary>
    /// The stacks of a sequence as they stand on the way forward [elements, width], the top first, and below them the ground.
    /// </summary>
    public T* Current(int sequence) => _current + sequence * SizeOf(Largest);

    /// <summary>Whether the stacks before a step are to be kept.</summary>
    public bool Saves(int t) => _keepsSteps && t % Segment == 0;

    /// <summary>The stacks of a sequence before the first step of the segment of a step.</summary>
    public T* Saved(int t, int sequence)
    {
        int segment = t / Segment;
        return _saved + _offsets[segment] + sequence * SizeOf(ElementsBefore(segment * Segment, _shape.Steps));
    }

    /// <summary>The first step of the segment of a step.</summary>
    public static int Begin(int t) => t / Segment * Segment;

    /// <summary>
    /// Whether a step is the first of its segment that the way back comes to, which has to compute the stacks of the others again.
    /// </summary>
    public static bool EndsSegment(int t, int length) => t % Segment == Segment - 1 || t == length - 1;

    /// <summary>
    /// The stacks of a sequence before a step, computed again on the way back. Those of the first step of a segment are <see
    /// cref="Saved"/>.
    /// </summary>
    public T* Before(int t, int sequence) =>
        t % Segment == 0 ? Saved(t, sequence) : _replayed + (sequence * Segment + t % Segment) * SizeOf(Largest);

    private nint SizeOf(int elements) => (nint)(elements + Ground) * width;
}
