namespace MlNetRecurrent.Engine.Modules;

/// <summary>
/// The input of a network: the fields of a step side by side, in their order, numbers as they are and tokens as learned vectors. A field
/// that is the only one is passed on without a copy.
/// </summary>
/// <param name="fields">The fields.</param>
internal sealed unsafe class InputModule<L, T>(IReadOnlyList<InputField> fields)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TokenModule<L, T>?[] _embeddings = [.. fields.Select(CreateEmbedding)];

    private BatchShape _shape = BatchShape.Empty;

    private InputModule(InputModule<L, T> original)
        : this(original.Fields) =>
        _embeddings = Array.ConvertAll(original._embeddings, embedding => embedding?.Replicate());

    public IReadOnlyList<InputField> Fields => fields;

    /// <summary>The number of features of a step.</summary>
    public int Size { get; } = fields.Sum(field => field.Size);

    /// <summary>Whether there are learned vectors, so that the gradient of the input is wanted.</summary>
    public bool HasParameters { get; } = fields.Any(field => field.HasTokens);

    /// <summary>Whether a field is the characters of words, each distinct one of which is read once.</summary>
    public bool HasWords { get; } = fields.Any(field => field.Characters > 0);

    public nint ParameterCount
    {
        get
        {
            nint count = 0;
            foreach (TokenModule<L, T>? embedding in _embeddings)
                count = checked(count + (embedding?.ParameterCount ?? 0));
            return count;
        }
    }

    /// <summary>The vectors of the tokens by name, each with its place in the module's part of the parameters.</summary>
    public IEnumerable<ParameterTensor> Tensors
    {
        get
        {
            nint offset = 0;
            for (int i = 0; i < fields.Count; i++)
            {
                if (_embeddings[i] is not { } embedding)
                    continue;
                foreach (ParameterTensor tensor in embedding.Tensors)
                    yield return tensor.Within(NameOf(i), offset);
                offset += embedding.ParameterCount;
            }
        }
    }

    /// <summary>The part of the parameters that belongs to each field of tokens, by the beginning of its tensors' names.</summary>
    public IEnumerable<(string Name, nint Start, nint End)> Parts
    {
        get
        {
            nint offset = 0;
            for (int i = 0; i < fields.Count; i++)
            {
                if (_embeddings[i] is not { } embedding)
                    continue;
                yield return (NameOf(i), offset, offset + embedding.ParameterCount);
                offset += embedding.ParameterCount;
            }
        }
    }

    /// <summary>
    /// The features of the steps [Rows, Size], to be filled with the numbers, each field in its place, before <see cref="Forward"/>; null
    /// where the only field is tokens.
    /// </summary>
    public T* Features { get; private set; }

    /// <summary>
    /// The tokens of each field [Rows], or [Rows, Characters], to be filled before <see cref="Forward"/>; empty where the field is numbers.
    /// </summary>
    public int[][] Tokens { get; } = [.. fields.Select(_ => (int[])[])];

    /// <summary>What the first layer reads [Rows, Size and padding].</summary>
    public RowMatrix<T> Outputs => Only is { } embedding ? embedding.Outputs : new(Features, Size);

    /// <summary>
    /// Where the first layer puts the gradient of <see cref="Outputs"/> [Rows, whole panels]; null where it is not wanted.
    /// </summary>
    public RowMatrix<T> OutputGradient { get; private set; }

    private bool IsOnly => fields.Count == 1;

    private string NameOf(int field) => IsOnly ? "embedding" : $"embeddings.{field}";

    /// <summary>The embedding, where it is the only field.</summary>
    private TokenModule<L, T>? Only => IsOnly ? _embeddings[0] : null;

    /// <summary>A module with the same weights and gradients, which has yet to be given buffers of its own.</summary>
    public InputModule<L, T> Replicate() => new(this);

    public void Bind(T* parameters, T* gradients)
    {
        nint offset = 0;
        foreach (TokenModule<L, T> embedding in _embeddings.OfType<TokenModule<L, T>>())
        {
            embedding.Bind(parameters + offset, gradients is null ? null : gradients + offset);
            offset += embedding.ParameterCount;
        }
    }

    /// <summary>Sets the initial parameters, which are zero before.</summary>
    public void Initialize(T* parameters, WeightInitializer initializer)
    {
        foreach (TokenModule<L, T> embedding in _embeddings.OfType<TokenModule<L, T>>())
        {
            embedding.Initialize(parameters, initializer);
            parameters += embedding.ParameterCount;
        }
    }

    /// <summary>Takes buffers for a batch.</summary>
    public void Prepare(BatchShape shape, Arena<T> arena)
    {
        _shape = shape;
        Features = Only is null ? arena.Take((nint)shape.Rows * Size) : null;
        for (int i = 0; i < fields.Count; i++)
        {
            if (_embeddings[i] is not { } embedding)
                continue;
            int count = checked(shape.Rows * fields[i].Width);
            if (Tokens[i].Length < count)
                Tokens[i] = new int[count];
            embedding.Prepare(shape, arena);
        }
    }

    /// <summary>Takes the buffers of the gradients, where there is something to learn.</summary>
    public void PrepareBackward(Arena<T> arena)
    {
        foreach (TokenModule<L, T>? embedding in _embeddings)
            embedding?.PrepareBackward(arena);
        int stride = Block.PadToPanel(Size);
        OutputGradient = Only is { } only ? only.OutputGradient
            : HasParameters ? new(arena.Take((nint)_shape.Rows * stride), stride)
            : default;
    }

    /// <summary>Between the filling of <see cref="Tokens"/> and <see cref="EncodeWords"/>: finds the distinct words.</summary>
    public void CollectWords()
    {
        for (int i = 0; i < fields.Count; i++)
            _embeddings[i]?.CollectWords(Tokens[i]);
    }

    /// <summary>Before <see cref="Forward"/>: computes the vectors of a slice of the distinct words.</summary>
    public void EncodeWords(WorkSlice slice)
    {
        foreach (TokenModule<L, T>? embedding in _embeddings)
            embedding?.EncodeWords(slice);
    }

    /// <summary>Looks up the vectors of the tokens of a range of sequences, and puts them beside the numbers.</summary>
    public void Forward(int first, int last)
    {
        for (int i = 0, place = 0; i < fields.Count; place += fields[i++].Size)
        {
            if (_embeddings[i] is not { } embedding)
                continue;
            embedding.Forward(TokensOf(i), first, last);
            if (IsOnly)
                return;
            foreach ((int start, int end) in RowRanges.Of(_shape, first, last))
            {
                for (int row = start; row < end; row++)
                    Copy(embedding.Outputs.Row(row), Features + (nint)row * Size + place, fields[i].Size);
            }
        }
    }

    /// <summary>After the backward pass of the first layer: copies the gradients of the vectors of a range of sequences.</summary>
    public void Backward(int first, int last)
    {
        if (IsOnly)
            return;
        for (int i = 0, place = 0; i < fields.Count; place += fields[i++].Size)
        {
            if (_embeddings[i] is not { } embedding)
                continue;
            foreach ((int start, int end) in RowRanges.Of(_shape, first, last))
            {
                for (int row = start; row < end; row++)
                {
                    T* gradient = embedding.OutputGradient.Row(row);
                    Copy(OutputGradient.Row(row) + place, gradient, fields[i].Size);
                    new Span<T>(gradient + fields[i].Size, (int)embedding.OutputGradient.Stride - fields[i].Size).Clear();
                }
            }
        }
    }

    /// <summary>After <see cref="Backward"/> of all sequences: goes back through a slice of the distinct words.</summary>
    public void BackwardWords(WorkSlice slice)
    {
        foreach (TokenModule<L, T>? embedding in _embeddings)
            embedding?.BackwardWords(slice);
    }

    /// <summary>Updates the transposed weights of the modules that read characters.</summary>
    public void RefreshTransposed(WorkSlice slice)
    {
        foreach (TokenModule<L, T>? embedding in _embeddings)
            embedding?.RefreshTransposed(slice);
    }

    /// <summary>Adds to a slice of the gradients of the vectors.</summary>
    public void AccumulateGradients(WorkSlice slice)
    {
        for (int i = 0; i < fields.Count; i++)
            _embeddings[i]?.AccumulateGradients(TokensOf(i), slice);
    }

    private static TokenModule<L, T>? CreateEmbedding(InputField field) => field switch
    {
        { Characters: > 0, Encoding: CharacterEncoding.Lstm } => new CharacterLstm<L, T>(field.Tokens, field.Characters, field.Size),
        { Characters: > 0 } => new CharacterConvolution<L, T>(field.Tokens, field.Characters, field.Size),
        { HasTokens: true } => new EmbeddingModule<L, T>(field.Tokens, field.Size),
        _ => null,
    };

    /// <summary>The tokens of the batch.</summary>
    private ReadOnlySpan<int> TokensOf(int field) => Tokens[field].AsSpan(0, _shape.Rows * fields[field].Width);

    private static void Copy(T* source, T* target, int count) => new ReadOnlySpan<T>(source, count).CopyTo(new Span<T>(target, count));
}
