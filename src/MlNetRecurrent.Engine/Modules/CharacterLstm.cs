namespace MlNetRecurrent.Engine.Modules;

/// <summary>
/// A learned vector for each character, and an LSTM in each direction, whose final states are the vector of the word (Ling et al.,
/// "Finding Function in Form: Compositional Character Models for Open Vocabulary Word Representation", 2015; Lample et al., "Neural
/// Architectures for Named Entity Recognition", 2016). The vectors of the characters have the size of a direction, as in the latter. A step
/// without characters has a vector of zeros.
/// </summary>
/// <param name="tokens">The number of characters, the unknown one (0) included.</param>
/// <param name="characters">The most characters of a step.</param>
/// <param name="size">The size of the vector, which is even.</param>
internal sealed unsafe class CharacterLstm<L, T>(int tokens, int characters, int size) : CharacterModule<L, T>(characters, size)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _units = size / 2;

    private CharacterDirection<L, T> _forward = CreateDirection(size / 2, fromEnd: false);

    private CharacterDirection<L, T> _backward = CreateDirection(size / 2, fromEnd: true);

    public override nint ParameterCount => checked(BackwardOffset + _backward.ParameterCount);

    public override IEnumerable<ParameterTensor> Tensors =>
    [
        Table,
        .. _forward.Tensors.Select(tensor => tensor.Within("forward", TableLength)),
        .. _backward.Tensors.Select(tensor => tensor.Within("backward", BackwardOffset)),
    ];

    private ParameterTensor Table => new("weight", tokens, _units, (row, column) => (nint)row * Width + column);

    /// <summary>The size of the vector of a character in whole blocks.</summary>
    private int Width => Block.Pad(_units);

    private nint TableLength => checked((nint)tokens * Width);

    private nint BackwardOffset => checked(TableLength + _forward.ParameterCount);

    public override TokenModule<L, T> Replicate()
    {
        var replica = (CharacterLstm<L, T>)base.Replicate();
        replica._forward = _forward.Replicate();
        replica._backward = _backward.Replicate();
        return replica;
    }

    public override void Bind(T* parameters, T* gradients)
    {
        base.Bind(parameters, gradients);
        _forward.Bind(parameters + TableLength, gradients is null ? null : gradients + TableLength);
        _backward.Bind(parameters + BackwardOffset, gradients is null ? null : gradients + BackwardOffset);
    }

    /// <summary>The vectors of the characters have variance 1 / units, as the inputs of Lample et al. do.</summary>
    public override void Initialize(T* parameters, WeightInitializer initializer)
    {
        initializer.Uniform(Table, parameters, Math.Sqrt(3.0 / _units));
        _forward.Initialize(parameters + TableLength, initializer);
        _backward.Initialize(parameters + BackwardOffset, initializer);
    }

    public override void PrepareBackward(Arena<T> arena)
    {
        base.PrepareBackward(arena);
        // The transposed weights must exist when the network is replicated, which is before its words are known.
        Words.Collect([], 0);
        PrepareWords(arena, training: true);
    }

    public override void RefreshTransposed(WorkSlice slice)
    {
        _forward.RefreshTransposed(slice);
        _backward.RefreshTransposed(slice);
    }

    public override void AccumulateGradients(ReadOnlySpan<int> tokens, WorkSlice slice)
    {
        var table = new RowMatrix<T>(Gradients, Width);
        _forward.AccumulateGradients(table, slice);
        _backward.AccumulateGradients(table, slice);
    }

    protected override void PrepareWords(Arena<T> arena, bool training)
    {
        _forward.Prepare(Words, arena, training);
        _backward.Prepare(Words, arena, training);
    }

    protected override void EncodeWords(int first, int last)
    {
        var table = new RowMatrix<T>(Parameters, Width);
        _forward.Forward(table, Vectors, first, last);
        _backward.Forward(table, new(Vectors.Data + _units, Stride), first, last);
        for (int word = first; word < last; word++)
            new Span<T>(Vectors.Row(word) + Size, Stride - Size).Clear();
    }

    protected override void BackwardWords(int first, int last)
    {
        _forward.Backward(VectorGradients, first, last);
        _backward.Backward(new(VectorGradients.Data + _units, Stride), first, last);
    }

    private static CharacterDirection<L, T> CreateDirection(int units, bool fromEnd) =>
        new(units, fromEnd, new(new LstmCell<L, T>(units, units)));
}
