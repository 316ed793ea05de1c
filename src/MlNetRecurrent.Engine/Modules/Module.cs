namespace MlNetRecurrent.Engine.Modules;

/// <summary>
/// A part of a network that turns sequences into sequences.
/// <para>
/// The order of the calls: <see cref="Bind"/> once, and again when the buffer of the parameters changes. For each batch
/// <see cref="Prepare"/>, then <see cref="Forward"/>. In training also <see cref="PrepareBackward"/> after <see cref="Prepare"/>,
/// <see cref="RefreshTransposed"/> after each change of the weights, <see cref="Backward"/> after the module that reads the outputs has
/// written their gradients, and <see cref="AccumulateGradients"/>, once, when all sequences are through. Forward and Backward take a range
/// of sequences, since sequences are independent of one another: several threads may work on different ranges of a batch.
/// </para>
/// <para>
/// Parameters and their gradients lie in the flat buffers of the network, which may be shared with the replicas of the module. All buffers
/// of a batch come from the arena of the network and are valid until the next <see cref="Prepare"/>. A module owns its
/// <see cref="Outputs"/> and the values that it keeps for the backward pass. The gradients of its outputs belong to the module above,
/// which takes their buffers in <see cref="TakeGradientsOf"/>.
/// </para>
/// </summary>
/// <param name="size">The number of features of a step of the output.</param>
internal abstract unsafe class Module<L, T>(int size)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The number of features of a step of the output.</summary>
    public int Size { get; } = size;

    /// <summary>The features padded to whole blocks; the padding stays zero.</summary>
    public int PaddedSize { get; } = Block.Pad(size);

    /// <summary>The lengths of the output's sequences.</summary>
    public virtual BatchShape OutputShape => Shape;

    /// <summary>The output of every step [Rows of the output, PaddedSize].</summary>
    public abstract RowMatrix<T> Outputs { get; }

    /// <summary>
    /// The gradient of every step's output [Rows of the output, …]; null where only those of the last outputs are not zero.
    /// </summary>
    public RowMatrix<T> StepGradient { get; set; }

    /// <summary>The gradient of each sequence's last output [Count, …], beside that of the steps; null for zero.</summary>
    public RowMatrix<T> LastGradient { get; set; }

    /// <summary>The seed of the random numbers of the training on a batch, where there are any.</summary>
    public virtual int Seed
    {
        set
        {
        }
    }

    /// <summary>The module whose outputs this one reads; null where it reads the input of the network.</summary>
    public Module<L, T>? Below { get; set; }

    /// <summary>The length of the module's part of the flat buffer of parameters, in whole blocks.</summary>
    public virtual nint ParameterCount => 0;

    /// <summary>The weights by name, each with its place in the module's part.</summary>
    public virtual IEnumerable<ParameterTensor> Tensors => [];

    /// <summary>
    /// The number of values of the state of a sequence, which is all that the layer remembers of earlier steps; 0 where it has no state, or
    /// one that cannot be passed on.
    /// </summary>
    public virtual int StateSize => 0;

    /// <summary>The gradient of the final state of each sequence [Count, StateSize], beside that of its outputs; null for zero.</summary>
    public RowMatrix<T> FinalStateGradient { get; set; }

    /// <summary>Whether <see cref="Backward"/> computes the gradients of the initial states.</summary>
    public bool InitialStateGradientWanted { get; set; }

    /// <summary>Whether the layer records the values that a model can show; set before <see cref="Prepare"/>.</summary>
    public virtual bool Records { get; set; }

    /// <summary>The recorded values [Rows of the output, …]; null where the layer has none to show or does not record them.</summary>
    public virtual RowMatrix<T> Recorded => default;

    protected BatchShape Shape { get; private set; } = BatchShape.Empty;

    /// <summary>
    /// A module with the same weights and buffers of its own, which still has to be connected and bound. It shares the transposed weights
    /// of <see cref="RefreshTransposed"/>, where they are prepared.
    /// </summary>
    public abstract Module<L, T> Replicate();

    /// <summary>Uses these parameters, and adds to these gradients, which may be null where there is no training.</summary>
    public virtual void Bind(T* parameters, T* gradients)
    {
    }

    /// <summary>Sets the initial parameters, which are zero before.</summary>
    public virtual void Initialize(T* parameters, WeightInitializer initializer)
    {
    }

    /// <summary>Takes buffers for a batch.</summary>
    /// <param name="shape">The lengths of the input's sequences.</param>
    /// <param name="arena">The source of buffers.</param>
    /// <param name="training">Whether a backward pass follows.</param>
    public virtual void Prepare(BatchShape shape, Arena<T> arena, bool training) => Shape = shape;

    /// <summary>Takes the buffers that the backward pass needs beyond those of the forward pass.</summary>
    /// <param name="arena">The source of buffers.</param>
    /// <param name="inputGradient">Whether the gradient of the input is wanted.</param>
    public virtual void PrepareBackward(Arena<T> arena, bool inputGradient)
    {
    }

    /// <summary>Takes the buffers of the gradients that this module writes for the one below.</summary>
    public virtual void TakeGradientsOf(Module<L, T> below, Arena<T> arena) => below.TakeStepGradient(arena);

    /// <summary>Takes a buffer for the gradient of every step's output [Rows of the output, whole panels].</summary>
    public void TakeStepGradient(Arena<T> arena)
    {
        int stride = Block.PadToPanel(Size);
        StepGradient = new(arena.Take((nint)OutputShape.Rows * stride), stride);
    }

    /// <summary>Computes <see cref="Outputs"/> from the input [Rows, inputs].</summary>
    public abstract void Forward(RowMatrix<T> x, int first, int last);

    /// <summary>
    /// Between <see cref="Prepare"/> and <see cref="Forward"/>: sets the initial state of a sequence [StateSize], which is zero otherwise.
    /// </summary>
    public virtual void SetInitialState(int sequence, T* state)
    {
    }

    /// <summary>After the forward pass: copies the final state of a sequence [StateSize].</summary>
    public virtual void CopyFinalState(int sequence, T* state)
    {
    }

    /// <summary>After the backward pass, where it was wanted: copies the gradient of the initial state of a sequence [StateSize].</summary>
    public virtual void CopyInitialStateGradient(int sequence, T* gradient)
    {
    }

    /// <summary>Copies the last output of a sequence, or that of each direction [PaddedSize].</summary>
    public abstract void CopyLast(int sequence, T* target);

    /// <summary>
    /// Back through the module: writes the gradient of the input to <paramref name="dx"/> [Rows, whole panels], unless it is null.
    /// </summary>
    public abstract void Backward(RowMatrix<T> dx, int first, int last);

    /// <summary>Updates the transposed weights, which the backward pass reads.</summary>
    public virtual void RefreshTransposed(WorkSlice slice)
    {
    }

    /// <summary>Adds the batch's part to a slice of the gradients of the parameters.</summary>
    public virtual void AccumulateGradients(RowMatrix<T> x, WorkSlice slice)
    {
    }
}
