using System.Numerics;
using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Memory;
using MlNetRecurrent.Engine.Workers;

namespace MlNetRecurrent.Engine.Modules;

/// <summary>
/// A layer that turns sequences into sequences. It owns the buffers of one batch and reads weights that may be shared. Its methods take the range of sequences to work on:
/// sequences do not touch one another.
/// </summary>
internal abstract unsafe class Module<L, T>(int size)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Features of a step of the output.</summary>
    public int Size { get; } = size;

    /// <summary>The features padded to whole blocks; the padding stays zero.</summary>
    public int PaddedSize { get; } = Block.Pad(size);

    /// <summary>The lengths of the output's sequences.</summary>
    public virtual BatchShape OutputShape => Shape;

    /// <summary>The output of every step [Rows of the output, PaddedSize].</summary>
    public abstract RowMatrix<T> Outputs { get; }

    /// <summary>Where the gradient of every step's output is read from [Rows of the output, …], or null where it is zero but for the last outputs'.</summary>
    public RowMatrix<T> StepGradient { get; set; }

    /// <summary>Where the gradient of each sequence's last output is read from [Count, …], or null where there is none.</summary>
    public RowMatrix<T> LastGradient { get; set; }

    /// <summary>The seed of what is random in the training on a batch, where anything is.</summary>
    public virtual int Seed
    {
        set
        {
        }
    }

    public abstract nint ParameterCount { get; }

    public abstract IEnumerable<ParameterTensor> Tensors { get; }

    /// <summary>
    /// The number of values of the state of a sequence: all that the layer knows of the steps before. 0 where it has no state, or one that
    /// cannot be passed on.
    /// </summary>
    public virtual int StateSize => 0;

    /// <summary>The gradient of the final state of each sequence [Count, StateSize], beside that of its outputs; null for zero.</summary>
    public RowMatrix<T> FinalStateGradient { get; set; }

    /// <summary>Whether <see cref="Backward"/> goes on to the initial states.</summary>
    public bool InitialStateGradientWanted { get; set; }

    /// <summary>Whether the layer records what it shows of its inside; set before <see cref="Prepare"/>.</summary>
    public virtual bool Records { get; set; }

    /// <summary>The values that were recorded [Rows of the output, …]; null where the layer shows nothing or does not record it.</summary>
    public virtual RowMatrix<T> Recorded => default;

    protected BatchShape Shape { get; private set; } = new();

    /// <summary>A layer with the same weights, which has yet to be given gradients and buffers of its own.</summary>
    public abstract Module<L, T> Replicate();

    public abstract void Bind(T* parameters, T* gradients);

    /// <summary>Fills the parameters, which are zero, with their first values.</summary>
    public abstract void Initialize(T* parameters, WeightInitializer initializer);

    /// <summary>Takes buffers for a batch.</summary>
    public virtual void Prepare(BatchShape shape, Arena<T> arena, bool training) => Shape = shape;

    /// <summary>Takes the buffers that the backward pass needs beyond those of the forward pass.</summary>
    /// <param name="arena">Where buffers come from.</param>
    /// <param name="inputGradient">Whether the gradient of the input is wanted.</param>
    public abstract void PrepareBackward(Arena<T> arena, bool inputGradient);

    /// <summary>Computes <see cref="Outputs"/> from the input [Rows, inputs].</summary>
    public abstract void Forward(RowMatrix<T> x, int first, int last);

    /// <summary>Between <see cref="Prepare"/> and <see cref="Forward"/>: sets the initial state of a sequence [StateSize], which is zero otherwise.</summary>
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

    /// <summary>Writes what the layer knows at the end of a sequence [PaddedSize]: its last output, or that of each direction.</summary>
    public abstract void CopyLast(int sequence, T* target);

    /// <summary>Back through the layer. Writes the gradient of the input to <paramref name="dx"/>, whose rows have room for a whole panel, or nothing where it is null.</summary>
    public abstract void Backward(RowMatrix<T> dx, int first, int last);

    /// <summary>Brings what the backward pass reads up to date with the weights.</summary>
    public abstract void RefreshTransposed(WorkSlice slice);

    /// <summary>Adds this batch's part to the gradients of the parameters. The slice is one of parameters.</summary>
    public abstract void AccumulateGradients(RowMatrix<T> x, WorkSlice slice);
}
