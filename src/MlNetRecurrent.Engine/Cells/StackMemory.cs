namespace MlNetRecurrent.Engine.Cells;

/// <summary>
/// The current stacks of all sequences of a batch. Where steps are kept, also the stacks at the beginning of each segment of a few steps:
/// the backward pass recomputes those between, which is faster than to write and read them all. Only the elements that were pushed and that
/// a later step can bring to the top are kept.
/// </summary>
/// <param name="definition">The stacks.</param>
/// <param name="width">Numbers at a depth: one a stack, padded to whole blocks.</param>
internal sealed unsafe class StackMemory<T>(StackShape definition, int width)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What an empty stack reads.</summary>
    public const double Empty = -1;

    /// <summary>Empty elements below those of every stack: the most that a step reads beyond them.</summary>
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

    /// <summary>Elements of the stacks of a sequence after a step. They are not read after the last step.</summary>
    public int ElementsAfter(int t, int length)
    {
        int canStillBeRead = definition.Depth + length - 2 - t;
        return Math.Min(Math.Min(t + 1, definition.StackSize), canStillBeRead);
    }

    /// <summary>Elements of the stacks of a sequence before a step.</summary>
    public int ElementsBefore(int t, int length) => t == 0 ? 0 : ElementsAfter(t - 1, length);

    /// <summary>The current stacks of a sequence in the forward pass [elements, width], the top first, and the ground below them.</summary>
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

    /// <summary>Whether a step is the first of its segment in the backward pass, which then recomputes the stacks of the others.</summary>
    public static bool EndsSegment(int t, int length) => t % Segment == Segment - 1 || t == length - 1;

    /// <summary>
    /// The stacks of a sequence before a step, recomputed in the backward pass; at the first step of a segment, <see cref="Saved"/>.
    /// </summary>
    public T* Before(int t, int sequence) =>
        t % Segment == 0 ? Saved(t, sequence) : _replayed + (sequence * Segment + t % Segment) * SizeOf(Largest);

    private nint SizeOf(int elements) => (nint)(elements + Ground) * width;
}
