using System.Numerics;
using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Layers;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Memory;
using MlNetRecurrent.Engine.Workers;

namespace MlNetRecurrent.Engine.Networks;

/// <summary>
/// Input (numbers or embedded tokens), recurrent layers, pooling (or none, where every step has outputs), linear head. A network owns the buffers of one batch at a time; the parameters may
/// be shared with other networks, each on its own thread.
/// </summary>
internal sealed unsafe class Network<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Arena<T> _arena = new();
    private readonly EmbeddingLayer<L, T>? _embedding;
    private readonly SequenceLayer<L, T>[] _layers;
    private readonly PoolingLayer<L, T>? _pooling;
    private readonly LinearLayer<L, T> _head;
    private readonly CarriedStates<L, T> _carried = new();
    private Parameters<T>? _parameters;
    private PinnedBuffer<T>? _gradients;

    public Network(NetworkDefinition definition)
    {
        Definition = definition;
        if (definition.Tokens > 0)
            _embedding = new(definition.Tokens, definition.Features);
        _layers = [.. LayerFactory<L, T>.Create(definition)];
        _pooling = CreatePooling();
        _head = new(EncodingSize, definition.Outputs, definition.HasOutputBias);
    }

    private Network(Network<L, T> original)
    {
        Definition = original.Definition;
        _embedding = original._embedding?.Twin();
        _layers = Array.ConvertAll(original._layers, layer => layer.Twin());
        _pooling = CreatePooling();
        _head = original._head.Twin();
        BindWith(original.Parameters, original._gradients is null ? null : new(ParameterCount), original._gradients);
    }

    public NetworkDefinition Definition { get; }

    /// <summary>The lengths of the batch in hand.</summary>
    public BatchShape Shape { get; } = new();

    /// <summary>The features of the batch in hand [Rows, Features], to be filled before <see cref="Forward"/>; null with tokens.</summary>
    public T* Features { get; private set; }

    /// <summary>The tokens of the batch in hand [Rows], to be filled before <see cref="Forward"/>.</summary>
    public int[] Tokens { get; private set; } = [];

    /// <summary>After <see cref="Forward"/>: the outputs of the head [OutputRows, Outputs]. A loss replaces them with their gradients.</summary>
    public PanelMatrix<T> Outputs => _head.Outputs;

    /// <summary>Rows of <see cref="Outputs"/>: one a sequence, or one a step.</summary>
    public int OutputRows => Definition.EveryStep ? Shape.Rows : Shape.Count;

    /// <summary>After <see cref="Forward"/>: what the head reads [OutputRows, EncodingSize].</summary>
    public RowMatrix<T> Encoding => _pooling?.Outputs ?? _layers[^1].Outputs;

    /// <summary>The size of the pooled vector, or units of the last layer where every step has outputs.</summary>
    public int EncodingSize => _pooling?.Size ?? _layers[^1].Size;

    /// <summary>The seed of what is random in the training on the batch in hand.</summary>
    public int Seed
    {
        set
        {
            foreach (SequenceLayer<L, T> layer in _layers)
                layer.Seed = value;
            _pooling?.Seed = value;
        }
    }

    public IReadOnlyList<SequenceLayer<L, T>> Layers => _layers;

    public Parameters<T> Parameters => _parameters ?? throw new InvalidOperationException("The network has no parameters yet.");

    /// <summary>The gradients of all parameters, in the order of <see cref="Parameters"/>.</summary>
    public PinnedBuffer<T> Gradients => _gradients ?? throw new InvalidOperationException("The network is not prepared for training.");

    /// <summary>The part of the flat buffer that belongs to the embedding, which comes first.</summary>
    public nint EmbeddingParameterCount => _embedding?.ParameterCount ?? 0;

    /// <summary>Elements of the flat buffer, which has a little padding.</summary>
    public nint ParameterCount => _layers.Aggregate(EmbeddingParameterCount + _head.ParameterCount, (sum, layer) => checked(sum + layer.ParameterCount));

    /// <summary>Multiplications of the recurrent layers at a step of a sequence.</summary>
    public double MultiplicationsOfAStep => _layers.Sum(layer => (double)layer.ParameterCount);

    /// <summary>The weights by name, each with its place in the flat buffer.</summary>
    public IEnumerable<ParameterTensor> Tensors
    {
        get
        {
            nint offset = 0;
            if (_embedding is not null)
            {
                foreach (ParameterTensor tensor in _embedding.Tensors)
                    yield return tensor.Within("embedding", offset);
                offset += _embedding.ParameterCount;
            }
            int number = 0;
            foreach (SequenceLayer<L, T> layer in _layers.Where(layer => layer.ParameterCount > 0))
            {
                foreach (ParameterTensor tensor in layer.Tensors)
                    yield return tensor.Within($"layers.{number}", offset);
                offset += layer.ParameterCount;
                number++;
            }
            foreach (ParameterTensor tensor in _head.Tensors)
                yield return tensor.Within("head", offset);
        }
    }

    /// <summary>Uses these parameters from now on.</summary>
    public void Bind(Parameters<T> parameters, bool training)
    {
        if (parameters.Values.Length != ParameterCount)
            throw new ArgumentException($"The network has {ParameterCount} parameters, not {parameters.Values.Length}.", nameof(parameters));
        PinnedBuffer<T>? gradients = training ? _gradients ?? new(ParameterCount) : _gradients;
        BindWith(parameters, gradients, gradients);
    }

    /// <summary>
    /// A network for another part of a batch: it shares the weights with this one, as they are bound now, and has buffers and gradients of its own. Only the gradients of an embedding,
    /// which may be large and are mostly zero, are this one's. <see cref="FollowWeights"/> of this one serves both, if this one is prepared for training by now.
    /// </summary>
    public Network<L, T> Twin() => new(this);

    /// <summary>New parameters with their first random values.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="whileWorking">Called now and then; it may throw to end the work.</param>
    /// <param name="numberOfThreads">Threads that share the work; the parameters do not depend on it.</param>
    public Parameters<T> Initialize(int seed, Action? whileWorking = null, int numberOfThreads = 1)
    {
        var parameters = new Parameters<T>(ParameterCount);
        var initializer = new WeightInitializer(seed, whileWorking, numberOfThreads);
        T* next = parameters.Values.Pointer;
        _embedding?.Initialize(next, initializer);
        next += EmbeddingParameterCount;
        foreach (SequenceLayer<L, T> layer in _layers)
        {
            layer.Initialize(next, initializer);
            next += layer.ParameterCount;
        }
        _head.Initialize(next, initializer);
        return parameters;
    }

    /// <summary>Makes room for a batch of sequences of these lengths, which must not rise.</summary>
    public void Prepare(ReadOnlySpan<int> lengths, bool training)
    {
        Shape.Set(lengths);
        _arena.Reset();
        if (_embedding is null)
        {
            Features = _arena.Take((nint)Shape.Rows * Definition.Features);
        }
        else
        {
            if (Tokens.Length < Shape.Rows)
                Tokens = new int[Shape.Rows];
            _embedding.Prepare(Shape, _arena);
        }
        BatchShape shape = Shape;
        foreach (SequenceLayer<L, T> layer in _layers)
        {
            layer.Prepare(shape, _arena, training);
            shape = layer.OutputShape;
        }
        _pooling?.Prepare(shape, _arena, training);
        _head.Prepare(OutputRows, _arena);
        if (training)
            PrepareBackward();
    }

    /// <summary>The outputs of a range of sequences. The features or tokens of the whole batch must be there.</summary>
    public void Forward(int first, int last)
    {
        _embedding?.Forward(Tokens.AsSpan(0, Shape.Rows), first, last);
        for (int i = 0; i < _layers.Length; i++)
            _layers[i].Forward(InputOf(i), first, last);
        _pooling?.Forward(first, last);
        foreach ((int start, int end) in OutputRowsOf(first, last))
            _head.Forward(Encoding, start, end);
        GC.KeepAlive(this);
    }

    /// <summary>After <see cref="Forward"/> of a batch that was prepared for training: remembers what the sequences know at its end.</summary>
    public void KeepStates()
    {
        _carried.Keep(_layers, Shape.Count);
        GC.KeepAlive(this);
    }

    /// <summary>After <see cref="Prepare"/> of a batch of the same sequences, later in time: lets them begin with what they knew. No gradient goes back to before.</summary>
    public void RestoreStates()
    {
        _carried.Restore(_layers, Shape.Count);
        GC.KeepAlive(this);
    }

    /// <summary>The rows of <see cref="Outputs"/> that belong to a range of sequences.</summary>
    public RowRanges OutputRowsOf(int first, int last) => Definition.EveryStep ? RowRanges.OfSteps(Shape, first, last) : RowRanges.Single(first, last);

    /// <summary>Of a range of sequences: from the gradients of the outputs, which stand in <see cref="Outputs"/>, to those of all layers.</summary>
    public void Backward(int first, int last)
    {
        foreach ((int start, int end) in OutputRowsOf(first, last))
            _head.Backward(_pooling?.OutputGradient ?? _layers[^1].StepGradient, start, end);
        _pooling?.Backward(first, last);
        for (int i = _layers.Length - 1; i >= 0; i--)
            _layers[i].Backward(InputGradientOf(i), first, last);
        GC.KeepAlive(this);
    }

    /// <summary>After <see cref="Backward"/> of all sequences: the gradients of a share of the parameters but for the embedding's. They must have been zero.</summary>
    public void AccumulateGradients(Share share)
    {
        _head.AccumulateGradients(Encoding, OutputRows, share);
        for (int i = _layers.Length - 1; i >= 0; i--)
            _layers[i].AccumulateGradients(InputOf(i), share);
        GC.KeepAlive(this);
    }

    /// <summary>After <see cref="Backward"/> of all sequences: adds to the gradients of a share of the embedding, if there is one.</summary>
    public void AccumulateEmbeddingGradients(Share share)
    {
        _embedding?.AccumulateGradients(Tokens.AsSpan(0, Shape.Rows), share);
        GC.KeepAlive(this);
    }

    /// <summary>Before <see cref="Backward"/>: brings what it reads up to date with the weights.</summary>
    public void FollowWeights(Share share)
    {
        foreach (SequenceLayer<L, T> layer in _layers)
            layer.FollowWeights(share);
        _head.FollowWeights(share);
        GC.KeepAlive(this);
    }

    private void BindWith(Parameters<T> parameters, PinnedBuffer<T>? gradients, PinnedBuffer<T>? embeddingGradients)
    {
        _parameters = parameters;
        _gradients = gradients;
        T* weights = parameters.Values.Pointer;
        nint offset = EmbeddingParameterCount;
        _embedding?.Bind(weights, embeddingGradients is null ? null : embeddingGradients.Pointer);
        foreach (SequenceLayer<L, T> layer in _layers)
        {
            layer.Bind(weights + offset, GradientsAt(offset));
            offset += layer.ParameterCount;
        }
        _head.Bind(weights + offset, GradientsAt(offset));

        T* GradientsAt(nint place) => gradients is null ? null : gradients.Pointer + place;
    }

    private void PrepareBackward()
    {
        _embedding?.PrepareBackward(_arena);
        for (int i = 0; i < _layers.Length; i++)
        {
            bool inputGradient = i > 0 || _embedding is not null;
            _layers[i].PrepareBackward(_arena, inputGradient);
            if (i > 0)
                TakeStepGradient(_layers[i - 1]);
        }
        if (_pooling is null)
            TakeStepGradient(_layers[^1]);
        else
            _pooling.PrepareBackward(_arena);
        _head.PrepareBackward();
    }

    private void TakeStepGradient(SequenceLayer<L, T> layer)
    {
        int stride = Block.PadToPanel(layer.Size);
        layer.StepGradient = new(_arena.Take((nint)layer.OutputShape.Rows * stride), stride);
    }

    private RowMatrix<T> InputOf(int layer)
    {
        if (layer > 0)
            return _layers[layer - 1].Outputs;
        return _embedding is null ? new(Features, Definition.Features) : _embedding.Outputs;
    }

    private RowMatrix<T> InputGradientOf(int layer) =>
        layer > 0 ? _layers[layer - 1].StepGradient : _embedding?.OutputGradient ?? default;

    private PoolingLayer<L, T>? CreatePooling() =>
        Definition.EveryStep ? null : new(Definition.Pooling, _layers[^1], LayerFactory<L, T>.DropoutOfPooling(Definition));
}
