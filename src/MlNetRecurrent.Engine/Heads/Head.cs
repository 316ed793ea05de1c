namespace MlNetRecurrent.Engine.Heads;

/// <summary>
/// The meaning of a network's outputs: the loss over the sequences of a batch, its gradient, and the predictions of a trained network. A
/// head may have parameters of its own beside those of the linear layer that computes the outputs.
/// <para>
/// The order of the calls: <see cref="Bind"/> once; for each batch <see cref="Prepare"/>, then <see cref="Predict"/> or
/// <see cref="ComputeLoss"/>, which overwrites the outputs, and in training <see cref="AccumulateGradients"/>.
/// </para>
/// </summary>
internal abstract unsafe class Head<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Label smoothing of classes (Szegedy et al. 2016): the part of each label's probability that all classes share; 0 for none.
    /// </summary>
    public virtual double Smoothing { get; set; }

    /// <summary>The length of the head's part of the flat buffer of parameters, in whole blocks.</summary>
    public virtual nint ParameterCount => 0;

    /// <summary>The parameters of the head by name, each with its place in its part.</summary>
    public virtual IEnumerable<ParameterTensor> Tensors => [];

    /// <summary>The number of outputs of each sequence, and the places of their rows.</summary>
    protected BatchShape Shape { get; private set; } = BatchShape.Empty;

    /// <summary>A head with the same parameters, which still has to be bound to gradients and given buffers of its own.</summary>
    public virtual Head<T> Replicate() => (Head<T>)MemberwiseClone();

    public virtual void Bind(T* parameters, T* gradients)
    {
    }

    /// <summary>Sets the initial parameters, which are zero before.</summary>
    public virtual void Initialize(T* parameters, WeightInitializer initializer)
    {
    }

    /// <summary>Takes buffers for a batch.</summary>
    /// <param name="shape">The number of outputs of each sequence: one for each step, or one.</param>
    /// <param name="arena">The source of buffers.</param>
    public virtual void Prepare(BatchShape shape, Arena<T> arena) => Shape = shape;

    /// <summary>
    /// Computes the losses of a range of sequences, and puts the gradient of scale · Σ losses in the place of the outputs.
    /// </summary>
    /// <param name="outputs">[rows, outputs] in panels; columns beyond the outputs become zero.</param>
    /// <param name="labels">The label of each row [rows, LabelSize]: a class, from 0, or values; 0 where one is missing, which only the
    /// weight tells.</param>
    /// <param name="weights">The weight of each value of the labels [rows, LabelSize]; 0 where it is missing.</param>
    /// <param name="scale">The factor of the gradient, usually one over the number of labels.</param>
    /// <param name="losses">Takes the loss of each row, summed over the values of its label.</param>
    /// <param name="first">The first sequence.</param>
    /// <param name="last">The sequence after the last.</param>
    public abstract void ComputeLoss(
        PanelMatrix<T> outputs, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, double scale,
        Span<double> losses, int first, int last);

    /// <summary>After <see cref="ComputeLoss"/> of all sequences: adds to a slice of the gradients of the head's parameters.</summary>
    public virtual void AccumulateGradients(WorkSlice slice)
    {
    }

    /// <summary>The number of values of the label of each row of a sequence.</summary>
    public virtual int LabelSize => 1;

    /// <summary>
    /// The number of values of a prediction, for each row of a sequence. Where labels are numbers, it is a multiple of
    /// <see cref="LabelSize"/>: the predictions for the first value of the label, then those for the second, and so on.
    /// </summary>
    public abstract int PredictionSize { get; }

    /// <summary>The predictions for a sequence [rows of the sequence, PredictionSize]: probabilities, a logit, or a value.</summary>
    public abstract void Predict(PanelMatrix<T> outputs, int sequence, Span<float> predictions);
}
