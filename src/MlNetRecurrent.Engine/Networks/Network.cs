using MlNetRecurrent.Engine.Heads;
using MlNetRecurrent.Engine.Modules;

namespace MlNetRecurrent.Engine.Networks;

/// <summary>
/// Input (numbers or embedded tokens), a chain of layers, a projection to the outputs, and a head. A network owns the buffers of one
/// batch at a time; the parameters may be shared with other networks, each on its own thread.
/// </summary>
internal sealed unsafe class Network<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Arena<T> _arena = new();
    private readonly NetworkModules<L, T> _modules;
    private readonly CarriedStates<L, T> _carried = new();
    private Parameters<T>? _parameters;
    private PinnedBuffer<T>? _gradients;

    public Network(NetworkDefinition definition)
    {
        Definition = definition;
        _modules = definition.CreateModules<L, T>();
    }

    private Network(Network<L, T> original)
    {
        Definition = original.Definition;
        _modules = original._modules.Replicate();
        BindWith(original.Parameters, original._gradients is null ? null : new(ParameterCount), original._gradients);
    }

    public NetworkDefinition Definition { get; }

    /// <summary>The lengths of the current batch.</summary>
    public BatchShape Shape { get; } = new();

    /// <summary>The input of the batch in hand, to be filled before <see cref="Forward"/>.</summary>
    public InputModule<L, T> Input => _modules.Input;

    /// <summary>
    /// The features of the batch in hand [Rows, Features], to be filled before <see cref="Forward"/>; null with tokens only.
    /// </summary>
    public T* Features => Input.Features;

    /// <summary>
    /// The tokens of the batch in hand [Rows], where the first field is tokens, to be filled before <see cref="Forward"/>.
    /// </summary>
    public int[] Tokens => Input.Tokens[0];

    /// <summary>
    /// After <see cref="Forward"/>: the outputs [rows of the shape, Outputs]. <see cref="ComputeLoss"/> replaces them with their gradients.
    /// </summary>
    public PanelMatrix<T> Outputs => Projection.Outputs;

    /// <summary>The number of <see cref="Outputs"/> of each sequence, and the places of their rows: one for each step, or one.</summary>
    public BatchShape OutputShape => Layers[^1].OutputShape;

    /// <summary>
    /// After <see cref="Forward"/>: the input of the layer that computes the outputs [rows of the shape, EncodingSize and padding].
    /// </summary>
    public RowMatrix<T> Encoding => Layers[^1].Outputs;

    /// <summary>Computes <see cref="Outputs"/>, and holds the known values that are to be filled before <see cref="Forward"/>.</summary>
    public ProjectionModule<L, T> Projection => _modules.Projection;

    /// <summary>The meaning of the outputs.</summary>
    public Head<T> Head => _modules.Head;

    /// <summary>The seed of the random numbers in the training on the current batch.</summary>
    public int Seed
    {
        set => _modules.Seed = value;
    }

    /// <summary>
    /// The chain of modules, each of which reads the one before: recurrent layers, the dropout between them, and the pooling.
    /// </summary>
    public Module<L, T>[] Layers => _modules.Layers;

    public Parameters<T> Parameters => _parameters ?? throw new InvalidOperationException("The network has no parameters yet.");

    /// <summary>The gradients of all parameters, in the order of <see cref="Parameters"/>.</summary>
    public PinnedBuffer<T> Gradients => _gradients ?? throw new InvalidOperationException("The network is not prepared for training.");

    /// <summary>The part of the flat buffer that belongs to the embedding, which comes first.</summary>
    public nint EmbeddingParameterCount => _modules.EmbeddingParameterCount;

    /// <summary>The length of the flat buffer, including padding.</summary>
    public nint ParameterCount => _modules.ParameterCount;

    /// <summary>Multiplications of the recurrent layers at a step of a sequence.</summary>
    public double MultiplicationsOfAStep => Layers.Sum(layer => (double)layer.ParameterCount);

    /// <summary>The weights by name, each with its place in the flat buffer.</summary>
    public IEnumerable<ParameterTensor> Tensors => _modules.Tensors;

    /// <summary>The parts whose weights can be kept from changing, by the beginning of their tensors' names.</summary>
    public IEnumerable<(string Name, nint Start, nint End)> Parts => _modules.Parts;

    /// <summary>Uses these parameters from now on.</summary>
    public void Bind(Parameters<T> parameters, bool training)
    {
        if (parameters.Values.Length != ParameterCount)
        {
            throw new ArgumentException(
                $"The network has {ParameterCount} parameters, not {parameters.Values.Length}.", nameof(parameters));
        }
        PinnedBuffer<T>? gradients = training ? _gradients ?? new(ParameterCount) : _gradients;
        BindWith(parameters, gradients, gradients);
    }

    /// <summary>
    /// A network for another part of a batch: it shares the weights that are bound now, and has its own buffers and gradients. Only the
    /// gradients of an embedding, which may be large and are mostly zero, are shared. <see cref="RefreshTransposed"/> of this network
    /// serves both, if it is prepared for training by now.
    /// </summary>
    public Network<L, T> Replicate() => new(this);

    /// <summary>New parameters with their first random values.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="whileWorking">Called now and then; it may throw to end the work.</param>
    /// <param name="numberOfThreads">Threads that share the work; the parameters do not depend on it.</param>
    public Parameters<T> Initialize(int seed, Action? whileWorking = null, int numberOfThreads = 1)
    {
        var parameters = new Parameters<T>(ParameterCount);
        var initializer = new WeightInitializer(seed, whileWorking, numberOfThreads);
        _modules.Initialize(parameters, initializer);
        return parameters;
    }

    /// <summary>Prepares the network for a batch of sequences of these lengths, longest first.</summary>
    public void Prepare(ReadOnlySpan<int> lengths, bool training)
    {
        Shape.Set(lengths);
        _arena.Reset();
        Input.Prepare(Shape, _arena);
        BatchShape shape = Shape;
        foreach (Module<L, T> layer in Layers)
        {
            layer.Prepare(shape, _arena, training);
            shape = layer.OutputShape;
        }
        Projection.Prepare(OutputShape.Rows, _arena);
        Head.Prepare(OutputShape, _arena);
        if (training)
            PrepareBackward();
    }

    /// <summary>
    /// When the tokens of the whole batch are there, and before <see cref="EncodeWords"/>: finds the distinct words, if there are any.
    /// </summary>
    public void CollectWords()
    {
        Input.CollectWords();
        GC.KeepAlive(this);
    }

    /// <summary>Before <see cref="Forward"/>: computes the vectors of a slice of the distinct words, if there are any.</summary>
    public void EncodeWords(WorkSlice slice)
    {
        Input.EncodeWords(slice);
        GC.KeepAlive(this);
    }

    /// <summary>
    /// The outputs of a range of sequences. The features or tokens of the whole batch must be there, and the vectors of its words.
    /// </summary>
    public void Forward(int first, int last)
    {
        Input.Forward(first, last);
        for (int i = 0; i < Layers.Length; i++)
            Layers[i].Forward(InputOf(i), first, last);
        foreach ((int start, int end) in RowRanges.Of(OutputShape, first, last))
            Projection.Forward(Encoding, start, end);
        GC.KeepAlive(this);
    }

    /// <summary>After <see cref="Forward"/> of a batch that was prepared for training: stores the final states of the sequences.</summary>
    public void KeepStates()
    {
        _carried.Keep(Layers, Shape.Count);
        GC.KeepAlive(this);
    }

    /// <summary>
    /// After <see cref="Prepare"/> of a batch of the same sequences, later in time: starts from the stored states. No gradient goes back to
    /// the window before.
    /// </summary>
    public void RestoreStates()
    {
        _carried.Restore(Layers, Shape.Count);
        GC.KeepAlive(this);
    }

    /// <summary>
    /// After <see cref="Forward"/> of a range of sequences: computes their losses, and puts the gradient of scale · Σ losses in the place
    /// of the outputs.
    /// </summary>
    public void ComputeLoss(ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, double scale, Span<double> losses, int first, int last)
    {
        Head.ComputeLoss(Outputs, labels, weights, scale, losses, first, last);
        GC.KeepAlive(this);
    }

    /// <summary>After <see cref="Forward"/>: the predictions for a sequence [its outputs, PredictionSize of the head].</summary>
    public void Predict(int sequence, Span<float> predictions)
    {
        Head.Predict(Outputs, sequence, predictions);
        GC.KeepAlive(this);
    }

    /// <summary>Records a quantity from now on.</summary>
    public void Record(Inspection inspection) => ModuleOf(inspection)?.Records = true;

    /// <summary>After <see cref="Forward"/>: the values of a quantity [rows of the shape, Width of the inspection].</summary>
    public (RowMatrix<T> Values, BatchShape Shape) Recorded(Inspection inspection) => ModuleOf(inspection) is { } module
        ? (module.Recorded, module.OutputShape)
        : (Encoding, OutputShape);

    /// <summary>Of a range of sequences: from the gradients of the outputs, in <see cref="Outputs"/>, to those of all layers.</summary>
    public void Backward(int first, int last)
    {
        foreach ((int start, int end) in RowRanges.Of(OutputShape, first, last))
            Projection.Backward(Layers[^1].StepGradient, start, end);
        for (int i = Layers.Length - 1; i >= 0; i--)
            Layers[i].Backward(InputGradientOf(i), first, last);
        Input.Backward(first, last);
        GC.KeepAlive(this);
    }

    /// <summary>After <see cref="Backward"/> of all sequences: goes back through a slice of the distinct words, if there are any.</summary>
    public void BackwardWords(WorkSlice slice)
    {
        Input.BackwardWords(slice);
        GC.KeepAlive(this);
    }

    /// <summary>
    /// After <see cref="Backward"/> of all sequences: adds to the gradients of a slice of the parameters, except the embedding's. They must
    /// be zero before.
    /// </summary>
    public void AccumulateGradients(WorkSlice slice)
    {
        Head.AccumulateGradients(slice);
        Projection.AccumulateGradients(Encoding, OutputShape.Rows, slice);
        for (int i = Layers.Length - 1; i >= 0; i--)
            Layers[i].AccumulateGradients(InputOf(i), slice);
        GC.KeepAlive(this);
    }

    /// <summary>
    /// After <see cref="Backward"/> and <see cref="BackwardWords"/>: adds to the gradients of a slice of the embedding, if there is one.
    /// </summary>
    public void AccumulateEmbeddingGradients(WorkSlice slice)
    {
        Input.AccumulateGradients(slice);
        GC.KeepAlive(this);
    }

    /// <summary>Before <see cref="Backward"/>: updates the transposed weights, which it reads.</summary>
    public void RefreshTransposed(WorkSlice slice)
    {
        foreach (Module<L, T> layer in Layers)
            layer.RefreshTransposed(slice);
        Input.RefreshTransposed(slice);
        Projection.RefreshTransposed(slice);
        GC.KeepAlive(this);
    }

    private void BindWith(Parameters<T> parameters, PinnedBuffer<T>? gradients, PinnedBuffer<T>? embeddingGradients)
    {
        _parameters = parameters;
        _gradients = gradients;
        _modules.Bind(parameters, gradients, embeddingGradients);
    }

    /// <summary>The layer that records a quantity, or null where it is the encoding.</summary>
    private Module<L, T>? ModuleOf(Inspection inspection) =>
        inspection.Layer is { } layer ? Layers.Where(module => module is not DropoutModule<L, T>).ElementAt(layer) : null;

    private void PrepareBackward()
    {
        Input.PrepareBackward(_arena);
        for (int i = 0; i < Layers.Length; i++)
        {
            Layers[i].PrepareBackward(_arena, inputGradient: i > 0 || Input.HasParameters);
            if (i > 0)
                Layers[i].TakeGradientsOf(Layers[i - 1], _arena);
        }
        Layers[^1].TakeStepGradient(_arena);
        Projection.PrepareBackward(_arena);
    }

    private RowMatrix<T> InputOf(int layer) => layer > 0 ? Layers[layer - 1].Outputs : Input.Outputs;

    private RowMatrix<T> InputGradientOf(int layer) => layer > 0 ? Layers[layer - 1].StepGradient : Input.OutputGradient;
}
